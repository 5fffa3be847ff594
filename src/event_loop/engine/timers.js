// `node:timers` and `node:timers/promises`.
(function (host, part, shared) {
  'use strict';
  const { Timeout, Immediate, setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate, NativePromise, outside } = shared;
  const settled = (signal, cancel, start) => {
    if (signal?.aborted) return NativePromise.reject(part('abort').abortError(signal.reason));
    let resolve, reject;
    const promise = new NativePromise((...both) => ([resolve, reject] = both));
    const started = start(resolve);
    if (!signal) return promise;
    const aborted = () => {
      cancel(started);
      reject(part('abort').abortError(signal.reason));
    };
    signal.addEventListener('abort', aborted);
    // Node's own `finally`, which calls no method that a program could have replaced, hop for hop.
    const { then, finally: always } = NativePromise.prototype;
    const release = () => signal.removeEventListener('abort', aborted);
    return new NativePromise((fulfil, fail) => {
      const copy = new NativePromise((a, b) => Reflect.apply(then, promise, [a, b]));
      Reflect.apply(then, Reflect.apply(always, copy, [release]), [fulfil, fail]);
    });
  };
  const promises = {
    setTimeout: (after, value, { signal, ref = true } = {}) =>
      settled(signal, clearTimeout, (resolve) => new Timeout(resolve, after, [value], false, ref)),
    setImmediate: (value, { signal, ref = true } = {}) =>
      settled(signal, clearImmediate, (resolve) => {
        const immediate = new Immediate(resolve, [value]);
        if (!ref) immediate.unref();
        return immediate;
      }),
    setInterval: async function* (after, value, { signal, ref = true } = {}) {
      if (signal !== undefined) outside('`setInterval` of `timers/promises` with a signal');
      let came = 0;
      let callback;
      const interval = new Timeout(
        () => {
          came += 1;
          callback?.();
          callback = undefined;
        },
        after,
        [],
        true,
        ref,
      );
      try {
        while (true) {
          if (came === 0) await new NativePromise((resolve) => (callback = resolve));
          for (; came > 0; came -= 1) yield value;
        }
      } finally {
        clearInterval(interval);
      }
    },
  };
  promises.scheduler = {
    wait: (delay, options) => promises.setTimeout(delay, undefined, options),
    yield: () => promises.setImmediate(),
  };
  const timers = { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate, promises };
  return { timers, promises };
});
