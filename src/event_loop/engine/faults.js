// What Node's own JavaScript does, with the rule broken that `host.fault` names; see `fault.rs`.
//
// Only a run with a fault evaluates this file.
(function (host, part, shared) {
  'use strict';
  const { NativePromise, hidden, run, range, start, inJob } = shared;
  const { apply, construct } = Reflect;
  const { then } = NativePromise.prototype;
  const { setTimer, refTimer, refImmediate } = host;
  const runInJob = (id) => inJob(() => void run(id));

  // A promise that is settled, called at once; the others as ever.
  const thenNow = function (onFulfilled, onRejected) {
    const [state, value] = host.promiseState(this) ?? [];
    const handler = state === 'fulfilled' ? onFulfilled : state === 'rejected' ? onRejected : undefined;
    if (typeof handler !== 'function') return apply(then, this, [onFulfilled, onRejected]);
    // Now it is handled.
    apply(then, this, [undefined, () => {}]);
    return new NativePromise((resolve, reject) => {
      try {
        resolve(handler(value));
      } catch (error) {
        reject(error);
      }
    });
  };

  // What a handler returns is asked for its value when it is there, without a job that asks.
  const thenTakesOver = function (onFulfilled, onRejected) {
    return new NativePromise((resolve, reject) => {
      const around = (handler, otherwise) => (value) => {
        if (typeof handler !== 'function') return otherwise(value);
        try {
          const returned = handler(value);
          if (returned instanceof NativePromise) apply(then, returned, [resolve, reject]);
          else resolve(returned);
        } catch (error) {
          reject(error);
        }
      };
      apply(then, this, [around(onFulfilled, resolve), around(onRejected, reject)]);
    });
  };

  // What waits for a promise that a `then` gave is called by whoever fulfils it, on the spot.
  const waiting = new WeakMap();
  const thenAtOnce = function (onFulfilled, onRejected) {
    const settle = {};
    const given = new NativePromise((resolve, reject) => Object.assign(settle, { resolve, reject }));
    const behind = [];
    waiting.set(given, behind);
    const done = (by, value, which) => {
      waiting.delete(given);
      by(value);
      const isTakenOver = value instanceof NativePromise;
      for (const pair of behind) isTakenOver ? apply(then, given, pair) : pair[which](value);
    };
    const around = (handler, otherwise, which) => (value) => {
      if (typeof handler !== 'function') return done(otherwise, value, which);
      let returned;
      try {
        returned = handler(value);
      } catch (error) {
        return done(settle.reject, error, 1);
      }
      return done(settle.resolve, returned, 0);
    };
    const pair = [around(onFulfilled, settle.resolve, 0), around(onRejected, settle.reject, 1)];
    if (waiting.has(this)) waiting.get(this).push(pair);
    else apply(then, this, pair);
    return given;
  };

  const finallyIsAThen = function (last) {
    return this.then(
      (value) => {
        last();
        return value;
      },
      (error) => {
        last();
        throw error;
      },
    );
  };

  const executorRunsLater = () => {
    const Later = function Promise(executor) {
      const settle = {};
      const promise = construct(NativePromise, [(resolve, reject) => Object.assign(settle, { resolve, reject })], new.target ?? Later);
      inJob(() => {
        try {
          executor(settle.resolve, settle.reject);
        } catch (error) {
          settle.reject(error);
        }
      });
      return promise;
    };
    for (const name of Object.getOwnPropertyNames(NativePromise)) {
      const own = NativePromise[name];
      if (typeof own === 'function') hidden(Later, name, (...args) => apply(own, NativePromise, args));
    }
    Object.defineProperty(Later, 'prototype', { value: NativePromise.prototype });
    hidden(globalThis, 'Promise', Later);
  };

  const listenersRunLater = () => {
    const { prototype } = part('events');
    const { emit } = prototype;
    prototype.emit = function (event, ...args) {
      if (this === shared.process) return apply(emit, this, [event, ...args]);
      inJob(() => void apply(emit, this, [event, ...args]));
      return this.listenerCount(event) > 0;
    };
  };

  const oneQueue = () => {
    const cleared = new Set();
    const queue = (id) => inJob(() => void (cleared.has(id) || run(id)));
    host.nextTick = queue;
    host.setImmediate = queue;
    host.setTimer = (id, ms, repeats, refd) => (ms > 1 || repeats ? setTimer(id, ms, repeats, refd) : queue(id));
    for (const clear of ['clearTimer', 'clearImmediate']) {
      const own = host[clear];
      host[clear] = (id) => {
        cleared.add(id);
        own(id);
      };
    }
  };

  const broken = {
    'tick-runs-now': () => {
      host.nextTick = (id) => void run(id);
    },
    'ticks-are-jobs': () => {
      host.nextTick = runInJob;
    },
    'one-queue': oneQueue,
    'zero-timeout-runs-now': () => {
      range.least = 0;
      host.setTimer = (id, ms, repeats, refd) => (ms > 0 || repeats ? setTimer(id, ms, repeats, refd) : void run(id));
    },
    'timeout-blocks': () => {
      host.setTimer = (id, ms, repeats, refd) => (repeats ? setTimer(id, ms, repeats, refd) : void run(id));
    },
    'immediate-runs-now': () => {
      host.setImmediate = (id) => void run(id);
    },
    'zero-is-zero': () => {
      range.least = 0;
    },
    'delays-ignored': () => {
      host.setTimer = (id, ms, repeats, refd) => setTimer(id, 1, repeats, refd);
    },
    'unref-ignored': () => {
      host.refTimer = (id) => refTimer(id, true);
      host.refImmediate = (id) => refImmediate(id, true);
      host.setTimer = (id, ms, repeats) => setTimer(id, ms, repeats, true);
    },
    'script-is-a-job': () => {
      const { commonjs } = start;
      start.commonjs = () => inJob(commonjs);
    },
    'module-is-a-script': () => {
      start.evaluate = (evaluate) => evaluate();
    },
    'executor-runs-later': executorRunsLater,
    'then-runs-now': () => hidden(NativePromise.prototype, 'then', thenNow),
    'chain-runs-whole': () => hidden(NativePromise.prototype, 'then', thenAtOnce),
    'adopting-is-free': () => hidden(NativePromise.prototype, 'then', thenTakesOver),
    'finally-is-a-then': () => hidden(NativePromise.prototype, 'finally', finallyIsAThen),
    'listeners-run-later': listenersRunLater,
  };
  broken[host.fault]?.();
  return undefined;
});
