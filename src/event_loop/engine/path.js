// `node:path`, for paths of Unix.
(function (host, part, shared) {
  'use strict';
  const { guard, wrongType } = shared;
  const text = (value, name = 'path') => {
    if (typeof value !== 'string') throw wrongType(name, 'of type string', value);
    return value;
  };
  const normalize = (path) => {
    if (text(path) === '') return '.';
    const absolute = path.startsWith('/');
    const parts = [];
    for (const each of path.split('/')) {
      if (each === '' || each === '.') continue;
      if (each !== '..') parts.push(each);
      else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
      else if (!absolute) parts.push('..');
    }
    const joined = parts.join('/') + (path.endsWith('/') && parts.length > 0 ? '/' : '');
    return absolute ? `/${joined}` : joined || (path.endsWith('/') ? './' : '.');
  };
  const path = {
    sep: '/',
    delimiter: ':',
    normalize,
    join: (...parts) => normalize(parts.map((each) => text(each)).filter((each) => each !== '').join('/')),
    resolve: (...parts) => {
      let whole = '';
      for (const each of [...parts].reverse()) {
        whole = text(each) === '' ? whole : `${each}/${whole}`;
        if (each.startsWith('/')) break;
      }
      if (!whole.startsWith('/')) whole = `${host.root}/${whole}`;
      const normal = normalize(whole);
      return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
    },
    isAbsolute: (each) => text(each).startsWith('/'),
    basename: (each, ending) => {
      const name = text(each).replace(/\/+$/, '').split('/').at(-1);
      return ending !== undefined && name !== ending && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
    },
    dirname: (each) => {
      const bare = text(each).replace(/\/+$/, '');
      const at = bare.lastIndexOf('/');
      if (at < 0) return each.startsWith('/') ? '/' : '.';
      return bare.slice(0, at).replace(/\/+$/, '') || '/';
    },
    extname: (each) => {
      const name = path.basename(each);
      const at = name.lastIndexOf('.');
      return at <= 0 || name === '..' ? '' : name.slice(at);
    },
    toNamespacedPath: (each) => each,
  };
  path.posix = guard('path', path);
  return path;
});
