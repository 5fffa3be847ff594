// `URL` and `node:url`, for addresses of the program's own files.
(function (host, part, shared) {
  'use strict';
  const { outside, inspected } = shared;
  class URL {
    #path;
    constructor(input, base) {
      input = `${input}`;
      if (input.startsWith('file:///')) {
        this.#path = part('path').normalize(input.slice('file://'.length));
      } else if (base !== undefined && `${base}`.startsWith('file:///') && !/^[a-z]+:/i.test(input)) {
        const from = `${base}`.slice('file://'.length);
        this.#path = part('path').normalize(input.startsWith('/') ? input : `${from.slice(0, from.lastIndexOf('/'))}/${input}`);
      } else {
        outside('a `URL` of another kind than `file:`');
      }
      if (/[?#%\s]/.test(this.#path)) outside('a `URL` with `?`, `#`, `%` or blanks');
    }
    get href() {
      return `file://${this.#path}`;
    }
    get pathname() {
      return this.#path;
    }
    get protocol() {
      return 'file:';
    }
    get search() {
      return '';
    }
    get hash() {
      return '';
    }
    toString() {
      return this.href;
    }
    toJSON() {
      return this.href;
    }
    [inspected]() {
      return outside('a `URL` printed');
    }
  }
  const fileURLToPath = (url) => new URL(url).pathname;
  const pathToFileURL = (path) => new URL(`file://${part('path').resolve(path)}`);
  const url = { URL, fileURLToPath, pathToFileURL };
  return url;
});
