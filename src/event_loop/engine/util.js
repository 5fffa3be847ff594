// `node:util`.
(function (host, part, shared) {
  'use strict';
  const { outside, mustBeFunction, NativePromise, format, inspected, promisified: custom } = shared;
  const { apply } = Reflect;
  const promisify = (original) => {
    mustBeFunction(original, 'original');
    if (original[custom]) {
      mustBeFunction(original[custom], 'util.promisify.custom');
      return original[custom];
    }
    const fs = part('fs');
    if (original === fs.exists) return outside('`promisify` of `fs.exists`');
    const promised = function (...args) {
      return new NativePromise((resolve, reject) => {
        apply(original, this, [...args, (error, value) => (error ? reject(error) : resolve(value))]);
      });
    };
    Object.setPrototypeOf(promised, Object.getPrototypeOf(original));
    Object.defineProperty(promised, custom, { value: promised, configurable: true });
    return Object.defineProperties(promised, Object.getOwnPropertyDescriptors(original));
  };
  promisify.custom = custom;
  const callbackify = () => outside('`util.callbackify`');
  const inherits = (Class, Super) => {
    Object.defineProperty(Class, 'super_', { value: Super, writable: true, configurable: true });
    Object.setPrototypeOf(Class.prototype, Super.prototype);
  };
  const inspect = (value, options) => {
    if (typeof options === 'boolean') outside('`util.inspect` with a boolean');
    return part('inspect').inspect(value, { breakLength: 128, ...options });
  };
  inspect.custom = inspected;
  const util = { promisify, callbackify, inherits, inspect, format: (...args) => format(args) };
  return util;
});
