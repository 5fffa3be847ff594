// `EventEmitter`, as far as the order of listeners goes.
(function (host, part, shared) {
  'use strict';
  const { Errors, coded, mustBeFunction, hidden, outside, refuse, listened, emitted, process, NativePromise, inspected } = shared;
  const errorMonitor = Symbol('events.errorMonitor');
  const capture = Symbol.for('nodejs.rejection');
  function EventEmitter(options) {
    if (options?.captureRejections) outside('`captureRejections`');
    if (!Object.hasOwn(this, '_events')) this._events = Object.create(null);
    this._eventsCount ??= 0;
    this._maxListeners ??= undefined;
  }
  const eventsOf = (emitter) => {
    if (emitter._events === undefined || !Object.hasOwn(emitter, '_events')) {
      emitter._events = Object.create(null);
      emitter._eventsCount = 0;
    }
    return emitter._events;
  };
  const add = (emitter, event, listener, first, kept = listener) => {
    mustBeFunction(listener, 'listener');
    if (emitter === process) listened(event);
    const events = eventsOf(emitter);
    if (events.newListener !== undefined) emitter.emit('newListener', event, listener);
    const list = events[event] ?? [];
    if (list.length === 0) emitter._eventsCount += 1;
    events[event] = first ? [kept, ...list] : [...list, kept];
    return emitter;
  };
  const once = (emitter, event, listener) => {
    mustBeFunction(listener, 'listener');
    let fired = false;
    const kept = function (...args) {
      if (fired) return undefined;
      emitter.removeListener(event, kept);
      fired = true;
      return Reflect.apply(listener, emitter, args);
    };
    kept.listener = listener;
    return kept;
  };
  Object.assign(EventEmitter.prototype, {
    on(event, listener) {
      return add(this, event, listener, false);
    },
    prependListener(event, listener) {
      return add(this, event, listener, true);
    },
    once(event, listener) {
      return add(this, event, listener, false, once(this, event, listener));
    },
    prependOnceListener(event, listener) {
      return add(this, event, listener, true, once(this, event, listener));
    },
    emit(event, ...args) {
      if (this === process) emitted(event);
      if (event === 'error' && eventsOf(this)[errorMonitor]) this.emit(errorMonitor, ...args);
      const list = eventsOf(this)[event];
      if (list === undefined || list.length === 0) {
        if (event !== 'error') return false;
        if (args[0] instanceof Error) throw args[0];
        const error = coded(Errors.Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${typeof args[0] === 'string' ? `'${args[0]}'` : part('inspect').inspect(args[0])})`);
        error.context = args[0];
        throw error;
      }
      for (const listener of [...list]) Reflect.apply(listener, this, args);
      return true;
    },
    removeListener(event, listener) {
      mustBeFunction(listener, 'listener');
      const events = eventsOf(this);
      const list = events[event] ?? [];
      const at = list.findLastIndex((each) => each === listener || each.listener === listener);
      if (at < 0) return this;
      const left = [...list.slice(0, at), ...list.slice(at + 1)];
      if (left.length === 0) {
        delete events[event];
        this._eventsCount -= 1;
      } else {
        events[event] = left;
      }
      if (events.removeListener !== undefined) this.emit('removeListener', event, list[at].listener ?? listener);
      return this;
    },
    removeAllListeners(event) {
      const events = eventsOf(this);
      if (events.removeListener !== undefined) outside("`removeAllListeners` beside a listener for 'removeListener'");
      for (const each of event === undefined ? Reflect.ownKeys(events) : [event]) {
        if (events[each] === undefined) continue;
        delete events[each];
        this._eventsCount -= 1;
      }
      return this;
    },
    listenerCount(event, listener) {
      const list = eventsOf(this)[event] ?? [];
      return listener ? list.filter((each) => each === listener || each.listener === listener).length : list.length;
    },
    listeners(event) {
      return (eventsOf(this)[event] ?? []).map((each) => each.listener ?? each);
    },
    eventNames() {
      return Reflect.ownKeys(eventsOf(this));
    },
    setMaxListeners(most) {
      this._maxListeners = most;
      return this;
    },
    getMaxListeners() {
      return this._maxListeners ?? 10;
    },
  });
  hidden(EventEmitter.prototype, inspected, () => outside('an `EventEmitter` printed'));
  refuse(EventEmitter.prototype, 'rawListeners', '`rawListeners`');
  EventEmitter.prototype.addListener = EventEmitter.prototype.on;
  EventEmitter.prototype.off = EventEmitter.prototype.removeListener;
  EventEmitter.EventEmitter = EventEmitter;
  EventEmitter.default = EventEmitter;
  EventEmitter.defaultMaxListeners = 10;
  EventEmitter.errorMonitor = errorMonitor;
  EventEmitter.captureRejectionSymbol = capture;
  EventEmitter.once = async (emitter, event, options) => {
    const signal = options?.signal;
    if (signal !== undefined) outside('`events.once` with a signal');
    if (typeof emitter.on !== 'function') outside('`events.once` of an `EventTarget`');
    return new NativePromise((resolve, reject) => {
      const failed = (error) => {
        emitter.removeListener(event, came);
        reject(error);
      };
      const came = (...args) => {
        emitter.removeListener('error', failed);
        resolve(args);
      };
      emitter.once(event, came);
      if (event !== 'error') emitter.once('error', failed);
    });
  };
  EventEmitter.listenerCount = (emitter, event) => emitter.listenerCount(event);
  for (const name of ['on', 'getEventListeners', 'setMaxListeners', 'addAbortListener', 'EventEmitterAsyncResource', 'usingDomains', 'captureRejections']) {
    refuse(EventEmitter, name, `\`events.${name}\``);
  }
  return EventEmitter;
});
