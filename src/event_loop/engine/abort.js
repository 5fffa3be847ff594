// `Event`, `EventTarget` and `AbortController`.
(function (host, part, shared) {
  'use strict';
  const { Errors, outside, hidden, refuse, nextTick, Timeout, inspected } = shared;
  class Event {
    #type;
    #stopped = false;
    #prevented = false;
    #cancelable;
    constructor(type, options) {
      this.#type = `${type}`;
      this.#cancelable = Boolean(options?.cancelable);
      hidden(this, 'dispatched', false);
      hidden(this, 'at', null);
    }
    get type() {
      return this.#type;
    }
    get target() {
      return this.at;
    }
    get cancelable() {
      return this.#cancelable;
    }
    get defaultPrevented() {
      return this.#prevented;
    }
    get timeStamp() {
      return outside('`timeStamp` of an event');
    }
    preventDefault() {
      this.#prevented ||= this.#cancelable;
    }
    stopImmediatePropagation() {
      this.#stopped = true;
    }
    stopPropagation() {}
    static isStopped(event) {
      return event.#stopped;
    }
  }
  const { isStopped } = Event;
  delete Event.isStopped;

  class EventTarget {
    constructor() {
      hidden(this, 'listenersOf', new Map());
      hidden(this, 'dispatches', []);
    }
    addEventListener(type, listener, options) {
      if (listener === null || listener === undefined) return;
      const { once, capture: captures, signal } = typeof options === 'object' && options !== null ? options : { capture: options };
      const capture = Boolean(captures);
      if (signal !== undefined) outside('`addEventListener` with a signal');
      if (typeof listener !== 'function' && typeof listener !== 'object') outside('a listener that is none');
      if (options?.passive) outside('a passive listener');
      if (this.dispatches?.includes(`${type}`)) outside('a listener added while its event is dispatched');
      const list = this.listenersOf.get(`${type}`) ?? [];
      if (list.some((each) => each.listener === listener && each.capture === capture)) return;
      this.listenersOf.set(`${type}`, [...list, { listener, once, capture }]);
    }
    removeEventListener(type, listener, options) {
      const capture = typeof options === 'object' ? Boolean(options?.capture) : Boolean(options);
      const list = this.listenersOf.get(`${type}`) ?? [];
      const removed = list.find((each) => each.listener === listener && each.capture === capture);
      if (removed) removed.gone = true;
      this.listenersOf.set(`${type}`, list.filter((each) => each !== removed));
    }
    dispatchEvent(event) {
      if (!(event instanceof Event)) throw shared.wrongType('event', 'an instance of Event', event);
      if (event.dispatched) outside('an event dispatched again');
      event.dispatched = true;
      event.at = this;
      this.dispatches = [...(this.dispatches ?? []), event.type];
      for (const each of this.listenersOf.get(event.type) ?? []) {
        if (each.gone) continue;
        if (isStopped(event)) break;
        if (each.once) this.removeEventListener(event.type, each.listener, { capture: each.capture });
        try {
          const { listener } = each;
          const result = typeof listener === 'function' ? Reflect.apply(listener, this, [event]) : listener.handleEvent(event);
          // A promise that a listener returns and that is rejected is an uncaught error.
          if (typeof result?.then === 'function') result.then(undefined, (error) => nextTick(() => { throw error; }));
        } catch (error) {
          nextTick(() => { throw error; });
        }
      }
      this.dispatches = this.dispatches.slice(1);
      return !event.defaultPrevented;
    }
  }
  for (const name of ['eventPhase', 'bubbles', 'composed', 'isTrusted', 'cancelBubble', 'returnValue', 'srcElement', 'composedPath', 'currentTarget', inspected]) {
    refuse(Event.prototype, name, typeof name === 'symbol' ? 'an event printed' : `\`${name}\` of an event`);
  }
  refuse(EventTarget.prototype, inspected, 'an `EventTarget` printed');

  class DOMException extends Errors.Error {
    constructor(message, name, code) {
      super(message);
      hidden(this, 'name', name);
      hidden(this, 'code', code);
    }
  }
  const making = Symbol('making');
  class AbortSignal extends EventTarget {
    #reason;
    #aborted = false;
    #dependents = [];
    #onabort = null;
    constructor(by) {
      if (by !== making) throw shared.coded(Errors.TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
      super();
    }
    get aborted() {
      return this.#aborted;
    }
    get reason() {
      return this.#reason;
    }
    get onabort() {
      return this.#onabort;
    }
    set onabort(listener) {
      if (this.#onabort) outside('`onabort` set again');
      this.#onabort = typeof listener === 'function' ? listener : null;
      if (this.#onabort) this.addEventListener('abort', this.#onabort);
    }
    throwIfAborted() {
      if (this.#aborted) throw this.#reason;
    }
    static abort(reason = new DOMException('This operation was aborted', 'AbortError', 20)) {
      const signal = new AbortSignal(making);
      abort(signal, reason);
      return signal;
    }
    static timeout(after) {
      const signal = new AbortSignal(making);
      new Timeout(() => abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError', 23)), after, [], false, false);
      return signal;
    }
    static any(signals) {
      const signal = new AbortSignal(making);
      const aborted = [...signals].find((each) => each.aborted);
      if (aborted) {
        signal.#aborted = true;
        signal.#reason = aborted.reason;
        return signal;
      }
      for (const each of signals) each.#dependents.push(signal);
      return signal;
    }
    static set(signal, reason) {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason = reason;
      const together = signal.#dependents.filter((each) => !each.#aborted);
      for (const each of together) {
        each.#aborted = true;
        each.#reason = reason;
      }
      signal.dispatchEvent(new Event('abort'));
      for (const each of together) each.dispatchEvent(new Event('abort'));
    }
    [inspected]() {
      return outside('an `AbortSignal` printed');
    }
  }
  const abort = AbortSignal.set;
  delete AbortSignal.set;
  class AbortController {
    #signal = new AbortSignal(making);
    get signal() {
      return this.#signal;
    }
    abort(reason = new DOMException('This operation was aborted', 'AbortError', 20)) {
      abort(this.#signal, reason);
    }
    [inspected]() {
      return outside('an `AbortController` printed');
    }
  }
  const abortError = (cause) => {
    const error = new Errors.Error('The operation was aborted', { cause });
    error.code = 'ABORT_ERR';
    error.name = 'AbortError';
    return error;
  };
  for (const Class of [Event, EventTarget, AbortSignal, AbortController]) {
    Object.defineProperty(Class.prototype, Symbol.toStringTag, { configurable: true, value: Class.name });
  }
  return { Event, EventTarget, AbortSignal, AbortController, abortError };
});
