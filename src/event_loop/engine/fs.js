// `node:fs` and `node:fs/promises`, over the program's own files.
//
// What is written stays in the run. What is asked for is done when the loop takes it as done. What changes files is
// modelled only while nothing else is asked for.
(function (host, part, shared) {
  'use strict';
  const { Errors, guard, wrongType, mustBeFunction, outside, refuse, task, hidden, touched, NativePromise } = shared;
  const path = part('path');
  const { Buffer } = part('buffer');

  // --- the files

  const written = new Map();
  const folders = new Set();
  const absolute = (name) => {
    if (name instanceof part('url').URL) name = name.pathname;
    if (name instanceof Buffer || typeof name === 'number') outside('a file given as bytes or as a descriptor');
    if (typeof name !== 'string') throw wrongType('path', 'of type string or an instance of Buffer or URL', name);
    const whole = path.resolve(name);
    if (whole !== host.root && !whole.startsWith(`${host.root}/`)) outside('a file outside the program\'s folder');
    return whole;
  };
  const bytesOf = (whole) => (written.has(whole) ? written.get(whole) : host.bytes(whole));
  const isFolder = (whole) => whole === host.root || folders.has(whole) || host.folder(whole) !== undefined;
  const failure = (code, words, call, name) => {
    const error = new Errors.Error(`${code}: ${words}, ${call} '${name}'`);
    error.errno = { ENOENT: -2, EISDIR: -21, ENOTDIR: -20, EEXIST: -17 }[code];
    error.code = code;
    error.syscall = call;
    error.path = `${name}`;
    return error;
  };
  const missing = (call, name) => failure('ENOENT', 'no such file or directory', call, name);

  const encodingOf = (options) => (typeof options === 'string' ? options : options?.encoding);
  const known = (options, ...names) => {
    if (options === null || typeof options !== 'object') return;
    for (const name of Object.keys(options)) {
      if (!names.includes(name)) outside(`the option \`${name}\` of \`fs\``);
    }
  };
  const decoded = (bytes, options) => {
    const buffer = new Buffer(bytes);
    const encoding = encodingOf(options);
    return encoding === undefined || encoding === null || encoding === 'buffer' ? buffer : buffer.toString(encoding);
  };
  // Whoever reads it again finds its end.
  let stdin = host.stdin;
  const readStdin = (options) => {
    known(options, 'encoding');
    const bytes = stdin();
    stdin = () => [];
    return decoded(bytes, options);
  };
  const read = (name, options) => {
    known(options, 'encoding');
    const whole = absolute(name);
    const bytes = bytesOf(whole);
    if (bytes === undefined || bytes === null) {
      if (isFolder(whole)) {
        const error = new Errors.Error('EISDIR: illegal operation on a directory, read');
        throw Object.assign(error, { errno: -21, code: 'EISDIR', syscall: 'read' });
      }
      throw missing('open', name);
    }
    return decoded(bytes, options);
  };
  const asBytes = (data) => (typeof data === 'string' ? Buffer.from(data) : data instanceof Uint8Array ? data : outside('something written that is no text and no bytes'));
  const write = (name, data, options) => {
    known(options, 'encoding');
    if (!/^utf-?8$/i.test(encodingOf(options) ?? 'utf8')) outside('a file written in another encoding than UTF-8');
    const whole = absolute(name);
    if (!isFolder(path.dirname(whole))) throw missing('open', name);
    touched.add(whole);
    written.set(whole, [...asBytes(data)]);
  };
  const append = (name, data, options) => {
    const before = bytesOf(absolute(name)) ?? [];
    write(name, new Buffer([...before, ...asBytes(data)]), options);
  };
  class Stats {
    constructor(size, folder) {
      this.size = size;
      hidden(this, 'folder', folder);
    }
    isFile() {
      return !this.folder;
    }
    isDirectory() {
      return this.folder;
    }
    isSymbolicLink() {
      return false;
    }
  }
  for (const name of ['dev', 'mode', 'nlink', 'uid', 'gid', 'ino', 'mtime', 'mtimeMs', 'ctime', 'ctimeMs', 'atime', 'atimeMs', 'birthtime', 'birthtimeMs', 'blocks', 'blksize']) {
    refuse(Stats.prototype, name, `\`${name}\` of a file`);
  }
  const statAs = (call) => (name, options) => {
    known(options, 'throwIfNoEntry');
    const whole = absolute(name);
    const bytes = bytesOf(whole);
    if (bytes !== undefined && bytes !== null) return new Stats(bytes.length, false);
    if (isFolder(whole)) return new Stats(4096, true);
    if (options?.throwIfNoEntry === false) return undefined;
    throw missing(call, name);
  };
  const access = (name) => {
    const whole = absolute(name);
    if ((bytesOf(whole) ?? undefined) === undefined && !isFolder(whole)) throw missing('access', name);
  };
  const readdir = (name, options) => {
    known(options, 'encoding');
    const whole = absolute(name);
    if (!isFolder(whole)) throw missing('scandir', name);
    const names = new Set(host.folder(whole) ?? []);
    for (const [file, bytes] of written) {
      if (path.dirname(file) !== whole) continue;
      if (bytes === null) names.delete(path.basename(file));
      else names.add(path.basename(file));
    }
    for (const folder of folders) if (path.dirname(folder) === whole) names.add(path.basename(folder));
    return [...names].sort();
  };
  const unlink = (name) => {
    const whole = absolute(name);
    if ((bytesOf(whole) ?? undefined) === undefined) throw missing('unlink', name);
    touched.add(whole);
    written.set(whole, null);
  };
  const mkdir = (name, options) => {
    known(options, 'recursive');
    const whole = absolute(name);
    if (isFolder(whole)) {
      if (options?.recursive) return undefined;
      throw failure('EEXIST', 'file already exists', 'mkdir', name);
    }
    if (!options?.recursive && !isFolder(path.dirname(whole))) throw missing('mkdir', name);
    if (options?.recursive) outside('`mkdir` with `recursive`');
    folders.add(whole);
    return undefined;
  };

  // --- one function each, in three styles

  const calls = {
    readFile: { does: read, visits: 'read', changes: false },
    writeFile: { does: write, visits: 'write', changes: true },
    appendFile: { does: append, visits: 'write', changes: true },
    stat: { does: statAs('stat'), visits: 'one', changes: false },
    lstat: { does: statAs('lstat'), visits: 'one', changes: false },
    access: { does: access, visits: 'one', changes: false },
    readdir: { does: readdir, visits: 'one', changes: false },
    unlink: { does: unlink, visits: 'one', changes: true },
    mkdir: { does: mkdir, visits: 'one', changes: true },
  };
  const busy = [];
  /// Asks for it; `done(error, value)` is called in the poll phase.
  const ask = (call, args, done) => {
    const whole = absolute(args[0]);
    notBesideChanges(call);
    const asked = { changes: call.changes };
    if (call.changes) touched.add(whole);
    busy.push(asked);
    // A file that is not there is found missing at the first step.
    const visits = call.does === read && (bytesOf(whole) ?? undefined) === undefined ? 'one' : call.visits;
    host.operation(
      task(() => {
        busy.splice(busy.indexOf(asked), 1);
        let value;
        try {
          value = call.does(...args);
        } catch (error) {
          return done(error);
        }
        return done(null, value);
      }, `\`fs.${call.name}\` done`),
      visits,
    );
  };
  // Node makes a change in several steps, of which each can be seen before it is done.
  const notBesideChanges = (call) => {
    for (const other of busy) {
      if (other.changes || call.changes) outside('`fs` asked for something while a change is not done, or for a change while something is not');
    }
  };
  const fs = {};
  const promises = {};
  for (const [name, call] of Object.entries(calls)) {
    call.name = name;
    fs[name] = (...args) => {
      const callback = args.length < 2 ? undefined : args.pop();
      mustBeFunction(callback, 'cb');
      ask(call, args, (error, value) => (error || value === undefined ? callback(error) : callback(null, value)));
    };
    fs[`${name}Sync`] = (...args) => {
      notBesideChanges(call);
      return call.does(...args);
    };
    promises[name] = (...args) =>
      new NativePromise((resolve, reject) => ask(call, args, (error, value) => (error ? reject(error) : resolve(value))));
    for (const style of [fs, promises]) Object.defineProperty(style[name], 'name', { value: name });
  }
  const readFileSync = fs.readFileSync;
  fs.readFileSync = (name, options) => (name === 0 ? readStdin(options) : readFileSync(name, options));
  Object.defineProperty(fs.readFileSync, 'name', { value: 'readFileSync' });
  fs.existsSync = (name) => {
    notBesideChanges(calls.access);
    try {
      access(name);
      return true;
    } catch {
      return false;
    }
  };
  fs.exists = (name, callback) => ask(calls.access, [name], (error) => callback(!error));
  fs.constants = { F_OK: 0, X_OK: 1, W_OK: 2, R_OK: 4 };
  promises.constants = fs.constants;
  fs.promises = guard('fs.promises', promises);
  return fs;
});
