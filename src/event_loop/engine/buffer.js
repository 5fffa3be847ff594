// `Buffer`, as far as small texts go through it.
(function (host, part, shared) {
  'use strict';
  const { outside, refuse, inspected } = shared;
  const utf8 = (text) => {
    const bytes = [];
    for (const each of text) {
      let code = each.codePointAt(0);
      if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
      if (code < 0x80) bytes.push(code);
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
      else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
    return bytes;
  };
  const text = (bytes) => decodeURIComponent([...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  const isUtf8 = (encoding) => encoding === undefined || encoding === null || /^utf-?8$/i.test(encoding);
  class Buffer extends Uint8Array {
    static from(value, encoding) {
      if (typeof value === 'string') {
        if (!isUtf8(encoding)) outside(`a \`Buffer\` in \`${encoding}\``);
        return new Buffer(utf8(value));
      }
      if (Array.isArray(value) || value instanceof Uint8Array) return new Buffer(value);
      return outside('`Buffer.from` of something else than a text or bytes');
    }
    static alloc(size, fill) {
      if (fill !== undefined && typeof fill !== 'number') outside('`Buffer.alloc` filled with a text');
      return new Buffer(size).fill(fill ?? 0);
    }
    static isBuffer(value) {
      return value instanceof Buffer;
    }
    static byteLength(value, encoding) {
      return Buffer.from(value, encoding).length;
    }
    static concat(list) {
      return new Buffer(list.flatMap((each) => [...each]));
    }
    toString(encoding, from = 0, to = this.length) {
      if (encoding === 'hex') return [...this.subarray(from, to)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      if (!isUtf8(encoding)) outside(`a \`Buffer\` in \`${encoding}\``);
      try {
        return text(this.subarray(from, to));
      } catch {
        return outside('bytes that are no UTF-8 as a text');
      }
    }
    toJSON() {
      return { type: 'Buffer', data: [...this] };
    }
    equals(other) {
      return this.length === other.length && this.every((byte, at) => byte === other[at]);
    }
    [inspected]() {
      const shown = [...this.subarray(0, 50)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
      const more = this.length > 50 ? ` ... ${this.length - 50} more byte${this.length > 51 ? 's' : ''}` : '';
      return `<Buffer${shown === '' ? '' : ' '}${shown}${more}>`;
    }
  }
  for (const name of ['compare', 'allocUnsafe', 'allocUnsafeSlow', 'poolSize', 'copyBytesFrom', 'of', 'isEncoding']) {
    refuse(Buffer, name, `\`Buffer.${name}\``);
  }
  for (const name of ['slice', 'write', 'copy', 'indexOf', 'includes', 'readUInt8', 'readInt32LE', 'writeUInt8', 'compare', 'toLocaleString', 'swap16']) {
    refuse(Buffer.prototype, name, `\`${name}\` of a \`Buffer\``);
  }
  return { Buffer };
});
