// What Node gives every program: timers, ticks, the console, `process`, CommonJS modules. Only the queues are not here;
// they are the loop's, which knows each callback by a number.
//
// `host` is the loop's side. `part(name)` is the value of another of these files, evaluated when it is first needed.
// What is not modelled calls `host.outside(what)`, which ends the run.
(function (host) {
  'use strict';
  const { major } = host;
  const root = host.root;
  // What is hidden or replaced below, for who formats values.
  host.natives = { Array, ArrayBuffer, BigInt, Boolean, Date, Function, JSON, Map, Math, Number, Object, Reflect, RegExp, Set, SharedArrayBuffer, String, Symbol, Uint8Array, WeakMap, WeakSet, NativeError: Error };
  const NativePromise = Promise;
  const then = Promise.prototype.then;
  const resolved = Promise.resolve();
  const { defineProperty, getOwnPropertyDescriptor, setPrototypeOf, getPrototypeOf } = Object;
  const { apply, construct } = Reflect;
  const hidden = (object, name, value) =>
    defineProperty(object, name, { value, writable: true, configurable: true, enumerable: false });
  const inspected = Symbol.for('nodejs.util.inspect.custom');
  const outside = (what) => host.outside(what, ...here());
  const refuse = (object, name, what) =>
    defineProperty(object, name, {
      configurable: true,
      enumerable: false,
      get: () => outside(what),
      set: (value) => defineProperty(object, name, { value, writable: true, configurable: true, enumerable: true }),
    });

  // --- errors

  // The words of an error that the engine made itself are not V8's: they are said as V8 says them, or may not be read.
  const wordsOf = (said) => {
    const found = (pattern) => (last = pattern.exec(said));
    let last;
    if (/^\S+ is not defined$|^Unexpected end of JSON input$/.test(said)) return said;
    if (found(/^(?!this )(\S+) is not initialized$/)) return `Cannot access '${last[1]}' before initialization`;
    if (found(/^cannot read property '(.*)' of (null|undefined)$/) && !last[1].startsWith('Symbol.')) return `Cannot read properties of ${last[2]} (reading '${last[1]}')`;
    if (found(/^cannot set property '(.*)' of (null|undefined)$/)) return `Cannot set properties of ${last[2]} (setting '${last[1]}')`;
    if (said === 'invalid array length') return 'Invalid array length';
    return undefined;
  };
  let constructing = 0;
  let frames = [];
  const ofTheEngine = new WeakMap();
  const ownErrors = new WeakSet();
  const NativeError = Error;
  // What the engine throws where it has no more memory, which V8 would have had.
  const { InternalError } = globalThis;
  const tooMuch = 'more memory than the model gives';
  // Where not even that error can be made any more, the engine throws this.
  const notForMemory = (error) => {
    if (error === null) outside('`null` as an error, which the model has where memory is short');
  };
  NativeError.prepareStackTrace = (error, stack) => {
    frames = stack;
    if (error instanceof InternalError) outside(tooMuch);
    // An error that is thrown further is seen again.
    if (constructing === 0 && !ownErrors.has(error) && !ofTheEngine.has(error)) {
      ofTheEngine.set(error, error.message);
      const words = wordsOf(error.message);
      if (words !== undefined) hidden(error, 'message', words);
      else refuse(error, 'message', 'the words of an error that the engine made');
    }
    // Whoever prints it is refused, as with every path of the program.
    return `${root}/ the stack of an error`;
  };
  /// File, line and column in the program of what runs now.
  const here = () => {
    constructing += 1;
    new NativeError();
    constructing -= 1;
    const frame = frames.find((each) => each.getFileName()?.startsWith(`${root}/`));
    return frame ? [frame.getFileName().slice(root.length + 1), frame.getLineNumber(), frame.getColumnNumber()] : [];
  };
  const Errors = {};
  for (const name of ['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError', 'AggregateError']) {
    const Native = globalThis[name];
    const Wrapped = function (...args) {
      constructing += 1;
      try {
        const error = construct(Native, args, new.target ?? Wrapped);
        ownErrors.add(error);
        refuse(error, 'stack', 'the stack of an error');
        if (name === 'AggregateError' && args[1] === undefined) hidden(error, 'message', '');
        return error;
      } finally {
        constructing -= 1;
      }
    };
    hidden(Wrapped, 'name', name);
    defineProperty(Wrapped, 'length', { value: Native.length, configurable: true });
    defineProperty(Wrapped, 'prototype', { value: Native.prototype, writable: false, enumerable: false });
    hidden(Native.prototype, 'constructor', Wrapped);
    if (name !== 'Error') setPrototypeOf(Wrapped, Errors.Error);
    hidden(globalThis, name, Wrapped);
    Errors[name] = Wrapped;
  }
  hidden(Errors.Error, 'captureStackTrace', (object) => {
    refuse(object, 'stack', 'the stack of an error');
  });
  hidden(Errors.Error, 'stackTraceLimit', 10);
  // V8's words for what `Promise.any` rejects with.
  hidden(Errors.AggregateError.prototype, 'message', 'All promises were rejected');

  const coded = (Base, code, message, name = Base.name) => {
    const error = new Base(message);
    error.code = code;
    hidden(error, 'toString', () => `${error.name} [${code}]: ${error.message}`);
    if (name !== Base.name) hidden(error, 'name', name);
    return error;
  };
  const kindOf = (value) => {
    if (value === null || value === undefined) return ` Received ${value}`;
    if (typeof value === 'function') return ` Received function ${value.name}`;
    if (typeof value === 'object') {
      return value.constructor?.name ? ` Received an instance of ${value.constructor.name}` : outside('an error about an object without a class');
    }
    const text = typeof value === 'string' ? `'${value.length > 28 ? `${value.slice(0, 25)}...` : value}'` : String(value);
    return ` Received type ${typeof value} (${text}${typeof value === 'bigint' ? 'n' : ''})`;
  };
  const wrongType = (name, wanted, value) =>
    coded(Errors.TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be ${wanted}.${kindOf(value)}`);
  const mustBeFunction = (value, name) => {
    if (typeof value !== 'function') throw wrongType(name, 'of type function', value);
  };

  host.natives.Error = Errors.Error;
  host.errorStack = () => outside('an error printed with its stack');
  host.isNamespace = (value) => getPrototypeOf(value) === null && !Object.isExtensible(value) && getOwnPropertyDescriptor(value, Symbol.toStringTag)?.value === 'Module';

  // --- what the loop runs, by number

  let last = 0;
  // By number, in objects that no program has changed.
  const tasks = { __proto__: null };
  const stories = { __proto__: null };
  const task = (run, what) => {
    tasks[++last] = run;
    if (host.tells) stories[last] = [what, ...here()];
    return last;
  };

  /// Runs a callback of the loop; whether it threw, and a handler took it.
  const run = (id) => {
    if (host.tells) host.tell(...stories[id]);
    try {
      tasks[id]();
      return false;
    } catch (error) {
      uncaught(error, 'uncaughtException');
      return true;
    }
  };

  // --- timers

  const range = { least: 1 };
  const inRange = (ms) => {
    ms *= 1;
    return ms >= range.least && ms <= 2 ** 31 - 1 ? ms : range.least;
  };
  class Timeout {
    constructor(callback, ms, args, repeat, refd = true) {
      this._idleTimeout = inRange(ms);
      this._repeat = repeat ? this._idleTimeout : null;
      const timer = { id: 0 };
      hidden(this, timers, timer);
      timer.id = task(() => {
        apply(callback, this, args);
      }, `${repeat ? 'interval' : 'timeout'} of ${Math.trunc(this._idleTimeout)} ms`);
      host.setTimer(timer.id, Math.trunc(this._idleTimeout), repeat, refd);
    }
    ref() {
      host.refTimer(this[timers].id, true);
      return this;
    }
    unref() {
      host.refTimer(this[timers].id, false);
      return this;
    }
    hasRef() {
      return host.timerHasRef(this[timers].id);
    }
    refresh() {
      if (!host.refreshTimer(this[timers].id)) outside('`refresh` of a timeout that is over');
      return this;
    }
    close() {
      clearTimeout(this);
      return this;
    }
    [Symbol.toPrimitive]() {
      return outside('a timer as a number or a text');
    }
    [Symbol.dispose]() {
      clearTimeout(this);
    }
    [inspected]() {
      return outside('a timer printed');
    }
  }
  const timers = Symbol('timer');

  class Immediate {
    constructor(callback, args) {
      const id = task(() => {
        this._destroyed = true;
        apply(callback, this, args);
      }, 'immediate');
      hidden(this, timers, id);
      hidden(this, '_destroyed', false);
      host.setImmediate(id);
    }
    ref() {
      host.refImmediate(this[timers], true);
      return this;
    }
    unref() {
      host.refImmediate(this[timers], false);
      return this;
    }
    hasRef() {
      return host.immediateHasRef(this[timers]);
    }
    [Symbol.dispose]() {
      clearImmediate(this);
    }
    [inspected]() {
      return outside('an immediate printed');
    }
  }

  function setTimeout(callback, after, ...args) {
    mustBeFunction(callback, 'callback');
    return new Timeout(callback, after, args, false);
  }
  function setInterval(callback, repeat, ...args) {
    mustBeFunction(callback, 'callback');
    return new Timeout(callback, repeat, args, true);
  }
  function setImmediate(callback, ...args) {
    mustBeFunction(callback, 'callback');
    return new Immediate(callback, args);
  }
  function clearTimeout(timer) {
    if (timer?.[timers]?.id === undefined) return;
    host.clearTimer(timer[timers].id);
  }
  function clearInterval(timer) {
    clearTimeout(timer);
  }
  function clearImmediate(immediate) {
    if (immediate === undefined || immediate === null) return;
    if (!(immediate instanceof Immediate)) outside('`clearImmediate` of something else');
    if (immediate._destroyed) return;
    immediate._destroyed = true;
    host.clearImmediate(immediate[timers]);
  }
  function queueMicrotask(callback) {
    mustBeFunction(callback, 'callback');
    apply(then, resolved, [() => {
      try {
        callback();
      } catch (error) {
        uncaught(error, 'uncaughtException');
      }
    }]);
  }
  const promisified = Symbol.for('nodejs.util.promisify.custom');
  defineProperty(setTimeout, promisified, { enumerable: true, get: () => part('timers').promises.setTimeout });
  defineProperty(setImmediate, promisified, { enumerable: true, get: () => part('timers').promises.setImmediate });

  // --- the console

  const { includes } = String.prototype;
  const print = (text) => host.print(text);
  let indent = '';
  const simple = (value) => {
    switch (typeof value) {
      case 'string': return value;
      case 'number': return Object.is(value, -0) ? '-0' : `${value}`;
      case 'undefined': return 'undefined';
      case 'boolean': return `${value}`;
      case 'bigint': return `${value}n`;
      case 'symbol': return value.toString();
      default: return value === null ? 'null' : undefined;
    }
  };
  const format = (args) => {
    const plain = args.length === 1 || typeof args[0] !== 'string' || !apply(includes, args[0], ['%']);
    let line = '';
    for (let at = 0; plain && at < args.length; at += 1) {
      const text = simple(args[at]);
      if (text === undefined) break;
      line += at === 0 ? text : ` ${text}`;
      if (at === args.length - 1) return line;
    }
    if (args.length === 0) return '';
    return part('inspect').format(args);
  };
  const write = (text) => {
    if (indent) text = indent + text.replaceAll('\n', `\n${indent}`);
    print(`${text}\n`);
  };
  const counts = new Map();
  const aside = () => {};
  const console = {
    log: (...args) => write(format(args)),
    warn: aside,
    dir: (value, options) => write(part('inspect').inspect(value, { customInspect: false, ...options })),
    time: () => outside('`console.time`'),
    timeEnd: () => outside('`console.timeEnd`'),
    timeLog: () => outside('`console.timeLog`'),
    trace: aside,
    assert: aside,
    clear: aside,
    count: (label = 'default') => {
      label = `${label}`;
      counts.set(label, (counts.get(label) ?? 0) + 1);
      write(`${label}: ${counts.get(label)}`);
    },
    countReset: (label = 'default') => void counts.delete(`${label}`),
    group: (...label) => {
      if (label.length > 0) console.log(...label);
      indent += '  ';
    },
    groupEnd: () => {
      indent = indent.slice(2);
    },
    table: () => outside('`console.table`'),
    debug: (...args) => write(format(args)),
    info: (...args) => write(format(args)),
    dirxml: (...args) => write(format(args)),
    error: aside,
    groupCollapsed: (...label) => console.group(...label),
  };
  for (const name of ['Console', 'profile', 'profileEnd', 'timeStamp', 'context', 'createTask']) {
    refuse(console, name, `\`console.${name}\``);
  }

  // --- process

  let exiting = false;
  const emitter = () => {
    const EventEmitter = part('events');
    setPrototypeOf(getPrototypeOf(process), EventEmitter.prototype);
    EventEmitter.call(process);
    return process;
  };
  class process_ {}
  defineProperty(process_, 'name', { value: 'process' });
  const process = new process_();
  for (const name of ['on', 'once', 'off', 'emit', 'addListener', 'removeListener', 'removeAllListeners', 'prependListener', 'prependOnceListener', 'listenerCount', 'listeners', 'eventNames', 'rawListeners', 'setMaxListeners', 'getMaxListeners']) {
    defineProperty(process_.prototype, name, {
      configurable: true,
      get() {
        for (const each of Object.getOwnPropertyNames(process_.prototype)) {
          if (each !== 'constructor') delete process_.prototype[each];
        }
        emitter();
        return process[name];
      },
    });
  }
  const handled = new Set(['exit', 'beforeExit', 'uncaughtException', 'unhandledRejection', 'rejectionHandled', 'uncaughtExceptionMonitor', 'newListener', 'removeListener']);
  const emitted = (event) => {
    if (!emits && handled.has(event)) outside(`\`process.emit('${event}')\``);
    emits = false;
  };
  const listened = (event) => {
    if (typeof event === 'string' && (event === 'warning' || event === 'message' || event === 'disconnect' || event === 'multipleResolves' || event === 'worker' || /^SIG/.test(event))) outside(`\`process.on('${event}')\``);
  };
  const listens = () => Object.hasOwn(process, '_events');
  let emits = false;
  const emit = (event, ...args) => {
    if (!listens()) return false;
    emits = true;
    try {
      return process.emit(event, ...args);
    } finally {
      emits = false;
    }
  };

  const asCode = (code) => {
    if (code === undefined || code === null) return undefined;
    if (Number.isInteger(code)) return code;
    if (typeof code === 'string' && code !== '' && Number.isInteger(Number(code))) return Number(code);
    if (major < 20) return Number(code) | 0;
    throw wrongType('code', 'of type number', code);
  };
  let exitCode;
  defineProperty(process, 'exitCode', {
    enumerable: true,
    configurable: false,
    get: () => exitCode,
    set: (code) => {
      if (code !== undefined && code !== null && !Number.isInteger(code)) outside('`process.exitCode` that is no whole number');
      exitCode = code ?? undefined;
    },
  });
  const leave = (code) => host.exit((asCode(exitCode) ?? code) & 255);
  const exit = (code) => {
    if (code !== undefined || exitCode !== undefined) {
      const given = asCode(code);
      if (given !== undefined) exitCode = code;
    }
    if (!exiting) {
      exiting = true;
      host.atExit();
      emit('exit', asCode(exitCode) ?? 0);
    }
    leave(0);
  };
  const nextTick = (callback, ...args) => {
    mustBeFunction(callback, 'callback');
    if (exiting) return;
    host.nextTick(task(() => callback(...args), 'nextTick callback'));
  };

  /// What ended the program, for people.
  const summary = (error) => {
    if (typeof error !== 'object' || error === null) return simple(error) ?? 'a function';
    const said = ofTheEngine.get(error);
    const missing = /^Error resolving module '(.*?)'/.exec(said);
    if (missing) return `Error [ERR_MODULE_NOT_FOUND]: Cannot find ${/^[./]/.test(missing[1]) ? 'module' : 'package'} '${missing[1]}'`;
    return `${error.name}: ${said === undefined ? error.message : wordsOf(said) ?? said}`;
  };

  const uncaught = (error, origin) => {
    if (host.isOver()) return;
    if (error instanceof InternalError) outside(tooMuch);
    notForMemory(error);
    try {
      emit('uncaughtExceptionMonitor', error, origin);
      if (emit('uncaughtException', error, origin)) {
        setImmediate(() => {});
        return;
      }
    } catch {
      host.threw(summary(error));
      host.exit(7);
      return;
    }
    host.threw(summary(error));
    if (!exiting) {
      exiting = true;
      if (exitCode !== undefined) outside('an uncaught error after `process.exitCode` was set');
      host.atExit();
      exitCode = 1;
      try {
        emit('exit', 1);
      } catch {}
    }
    leave(1);
  };

  Object.assign(process, {
    nextTick,
    exit,
    platform: 'linux',
    argv: undefined,
    env: undefined,
    execArgv: [],
    emitWarning: aside,
    cwd: () => root,
    stdout: undefined,
    stderr: undefined,
    abort: () => outside('`process.abort`'),
    reallyExit: (code) => host.exit(code & 255),
  });
  defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });
  const lazily = (object, name, make) =>
    defineProperty(object, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = make();
        defineProperty(object, name, { value, writable: true, configurable: true, enumerable: true });
        return value;
      },
      set: (value) => defineProperty(object, name, { value, writable: true, configurable: true, enumerable: true }),
    });
  const stream = (name, writes) => {
    const one = {
      fd: name === 'stdout' ? 1 : 2,
      writable: true,
      write: (text, ...rest) => {
        if (rest.some((more) => typeof more === 'function')) outside(`\`process.${name}.write\` with a callback`);
        if (typeof text !== 'string') outside(`\`process.${name}.write\` of bytes`);
        writes(text);
        return true;
      },
    };
    // What prints through a replaced `write` is not followed.
    const { write: own } = one;
    defineProperty(one, 'write', { configurable: true, enumerable: true, get: () => own, set: () => outside(`\`process.${name}.write\` replaced`) });
    for (const other of ['on', 'once', 'end', 'pipe', 'columns', 'cork', 'uncork', 'emit', 'writableLength', 'writableNeedDrain', 'destroy']) {
      refuse(one, other, `\`process.${name}.${other}\``);
    }
    return one;
  };
  lazily(process, 'stdout', () => stream('stdout', print));
  lazily(process, 'stderr', () => stream('stderr', aside));
  lazily(process, 'argv', () => ['/usr/bin/node', host.entry, ...host.args]);
  const looked = () => outside('`process.env` as a whole');
  lazily(process, 'env', () => new Proxy({}, {
    get: (own, name) => (typeof name === 'symbol' ? undefined : Object.hasOwn(own, name) ? own[name] : host.env(name) ?? outside(`\`process.env.${name}\``)),
    set: (own, name, value) => {
      own[name] = `${value}`;
      return true;
    },
    has: looked,
    ownKeys: looked,
    deleteProperty: looked,
    getOwnPropertyDescriptor: looked,
  }));
  for (const name of ['version', 'versions', 'arch', 'pid', 'ppid', 'title', 'stdin', 'hrtime', 'uptime', 'memoryUsage', 'cpuUsage', 'resourceUsage', 'kill', 'release', 'config', 'features', 'binding', 'chdir', 'umask', 'send', 'report', 'getActiveResourcesInfo', 'execPath', 'execve', 'getBuiltinModule', 'permission', 'finalization', 'loadEnvFile', 'setUncaughtExceptionCaptureCallback', 'hasUncaughtExceptionCaptureCallback', 'debugPort', 'availableMemory', 'constrainedMemory', 'dlopen', 'getuid', 'geteuid', 'getgid', 'setSourceMapsEnabled', 'sourceMapsEnabled', 'allowedNodeEnvironmentFlags', 'ref', 'unref', 'threadCpuUsage', 'channel', 'connected', 'mainModule', 'noDeprecation', 'throwDeprecation', 'traceDeprecation', 'argv0', 'getgroups', 'assert', 'openStdin', 'moduleLoadList', 'domain', '_exiting', '_getActiveHandles', '_getActiveRequests']) {
    refuse(process, name, `\`process.${name}\``);
  }

  // --- promises that nobody catches

  let pending = new Map();
  const judged = new Map();
  const late = [];
  const rejected = (promise, reason, isHandled) => {
    notForMemory(reason);
    if (!isHandled) {
      pending.set(promise, reason);
    } else if (pending.has(promise)) {
      pending.delete(promise);
    } else if (judged.delete(promise)) {
      late.push(promise);
    }
    host.rejections(pending.size > 0 || late.length > 0);
  };
  const isErrorLike = (reason) => typeof reason === 'object' && reason !== null && (Object.hasOwn(reason, 'stack') || ofTheEngine.has(reason));
  /// Judges what is rejected and has no handler; whether there was something.
  const rejections = () => {
    let something = late.length > 0;
    while (late.length > 0) emit('rejectionHandled', late.shift());
    const judging = pending;
    pending = new Map();
    for (const [promise, reason] of judging) {
      judged.set(promise, reason);
      something = true;
      try {
        if (!emit('unhandledRejection', reason, promise)) {
          const error = isErrorLike(reason)
            ? reason
            : coded(Errors.Error, 'ERR_UNHANDLED_REJECTION', `This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${part('inspect').inspect(reason)}".`, 'UnhandledPromiseRejection');
          uncaught(error, 'unhandledRejection');
        }
      } catch (error) {
        uncaught(error, 'uncaughtException');
      }
      if (host.isOver()) return false;
    }
    host.rejections(pending.size > 0);
    return something || pending.size > 0;
  };

  // --- what is global

  const globals = { console, process, setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate, queueMicrotask };
  for (const [name, value] of Object.entries(globals)) hidden(globalThis, name, value);
  hidden(globalThis, 'global', globalThis);
  const from = { AbortController: 'abort', AbortSignal: 'abort', Event: 'abort', EventTarget: 'abort', URL: 'url', Buffer: 'buffer' };
  for (const [name, file] of Object.entries(from)) {
    lazily(globalThis, name, () => part(file)[name]);
    defineProperty(globalThis, name, { enumerable: false });
  }
  for (const name of ['performance', 'fetch', 'Headers', 'Request', 'Response', 'FormData', 'WebSocket', 'EventSource', 'structuredClone', 'atob', 'btoa', 'TextEncoder', 'TextDecoder', 'URLSearchParams', 'MessageChannel', 'MessagePort', 'MessageEvent', 'BroadcastChannel', 'Blob', 'File', 'crypto', 'Crypto', 'CryptoKey', 'SubtleCrypto', 'CustomEvent', 'DOMException', 'ReadableStream', 'WritableStream', 'TransformStream', 'CompressionStream', 'DecompressionStream', 'WebAssembly', 'navigator', 'Navigator', 'Intl', 'localStorage', 'sessionStorage', 'Storage', 'CloseEvent', 'Worker', 'Temporal', 'URLPattern', 'Iterator', 'Float16Array', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry', 'gc']) {
    refuse(globalThis, name, `\`${name}\``);
  }
  delete globalThis.InternalError;
  delete globalThis.print;
  refuse(Array, 'fromAsync', '`Array.fromAsync`');
  // What the engine has before a Node's own has it.
  const since = {
    20: [[Array.prototype, 'toSorted toReversed toSpliced with'], [String.prototype, 'isWellFormed toWellFormed']],
    22: [[NativePromise, 'withResolvers'], [Object, 'groupBy'], [Map, 'groupBy'], [Set.prototype, 'union intersection difference symmetricDifference isSubsetOf isSupersetOf isDisjointFrom'], [ArrayBuffer.prototype, 'transfer transferToFixedLength'], [JSON, 'rawJSON isRawJSON'], [getPrototypeOf(getPrototypeOf([].values())), 'map filter take drop flatMap reduce toArray forEach some every find']],
    24: [[NativePromise, 'try'], [RegExp, 'escape'], [Math, 'f16round'], [DataView.prototype, 'getFloat16 setFloat16'], [globalThis, 'SuppressedError DisposableStack AsyncDisposableStack']],
    26: [[Uint8Array, 'fromBase64 fromHex'], [Uint8Array.prototype, 'toBase64 toHex setFromBase64 setFromHex'], [Map.prototype, 'getOrInsert getOrInsertComputed'], [WeakMap.prototype, 'getOrInsert getOrInsertComputed']],
    99: [[Math, 'sumPrecise']],
  };
  for (const [from, lists] of Object.entries(since)) {
    if (major >= Number(from)) continue;
    for (const [holder, names] of lists) for (const name of names.split(' ')) delete holder[name];
  }
  if (major >= 24) hidden(Errors.Error, 'isError', host.natives.NativeError.isError);
  // V8 asks a comparator for other pairs, so what it does beside comparing, and what it says amiss, would show.
  for (const name of ['sort', 'toSorted']) {
    const native = Array.prototype[name];
    if (native === undefined) continue;
    hidden(Array.prototype, name, { [name](compare) {
      if (compare === undefined) return apply(native, this, []);
      mustBeFunction(compare, 'compare');
      const before = host.printed() + last;
      const asked = (a, b) => {
        const answer = compare(a, b);
        if (typeof answer !== 'number' || answer !== answer) outside('a comparator that answers no number');
        return answer;
      };
      const sorted = apply(native, this, [asked]);
      for (let at = 1; at < sorted.length; at += 1) {
        if (asked(sorted[at - 1], sorted[at]) > 0 || asked(sorted[at], sorted[at - 1]) < 0) outside('a comparator that contradicts itself');
      }
      if (host.printed() + last !== before) outside('a comparator that does more than compare');
      return sorted;
    } }[name]);
  }
  refuse(Math, 'random', '`Math.random`');
  const NativeDate = Date;
  const TheDate = function (...args) {
    if (args.length === 0 || !new.target) outside('the date of today');
    return construct(NativeDate, args, new.target);
  };
  for (const name of ['UTC', 'parse']) hidden(TheDate, name, NativeDate[name]);
  hidden(TheDate, 'now', () => outside('`Date.now`'));
  hidden(TheDate, 'name', 'Date');
  defineProperty(TheDate, 'prototype', { value: NativeDate.prototype });
  hidden(NativeDate.prototype, 'constructor', TheDate);
  hidden(globalThis, 'Date', TheDate);
  const textOf = Function.prototype.toString;
  hidden(Function.prototype, 'toString', { toString() {
    return apply(textOf, this, []).replaceAll(`import.meta.${host.called}`, 'import').replaceAll(host.called, 'import');
  } }.toString);
  for (const [Class, names] of [[Number, ['toLocaleString']], [String, ['localeCompare', 'toLocaleUpperCase', 'toLocaleLowerCase']], [Array, ['toLocaleString']], [NativeDate, ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'toString', 'toDateString', 'toTimeString', 'getHours', 'getTimezoneOffset']]]) {
    for (const name of names) hidden(Class.prototype, name, () => outside(`\`${name}\``));
  }

  // --- modules

  const builtins = {
    fs: () => part('fs'),
    'fs/promises': () => part('fs').promises,
    timers: () => part('timers').timers,
    'timers/promises': () => part('timers').promises,
    events: () => part('events'),
    util: () => part('util'),
    path: () => part('path'),
    'path/posix': () => part('path'),
    url: () => part('url'),
    process: () => process,
    console: () => console,
    buffer: () => part('buffer'),
    module: () => ({ createRequire: (from) => requireOf(`${from}`.startsWith('file:') ? part('url').fileURLToPath(from) : `${from}`) }),
  };
  const builtin = (name) => {
    const bare = name.startsWith('node:') ? name.slice(5) : name;
    if (!Object.hasOwn(builtins, bare)) outside(`the module \`${bare}\``);
    if (bare === 'process' || bare === 'console') return builtins[bare]();
    guarded[bare] ??= guard(bare, builtins[bare]());
    return guarded[bare];
  };
  /// The module, which refuses what it has in Node and does not have here.
  const guard = (bare, module) =>
    new Proxy(module, {
      get: (target, name) => {
        const mayLack = typeof name === 'symbol' || name === 'then' || name === 'default' || name === 'toJSON' || name === '__esModule';
        return mayLack || name in target ? target[name] : outside(`\`${bare}.${name}\``);
      },
      has: (target, name) => typeof name === 'symbol' || name in target || outside(`\`${bare}.${name}\``),
    });
  const guarded = { __proto__: null };

  const cache = Object.create(null);
  class Module {
    constructor(path) {
      this.id = path;
      this.exports = {};
      this.filename = path;
      this.loaded = false;
      for (const name of ['children', 'parent', 'paths', 'path', 'require']) refuse(this, name, `\`module.${name}\``);
    }
  }
  const notFound = (request, path) => {
    const error = coded(Errors.Error, 'MODULE_NOT_FOUND', `Cannot find module '${request}'\nRequire stack:\n- ${path}`);
    error.requireStack = [path];
    return error;
  };
  /// Evaluates the file if it was not yet, as CommonJS does; its `module`.
  const load = (path, main) => {
    if (cache[path]) return cache[path];
    const module = new Module(path);
    if (main) {
      module.id = '.';
      requireMain = module;
    }
    cache[path] = module;
    let threw = true;
    try {
      if (path.endsWith('.json')) {
        try {
          module.exports = JSON.parse(host.source(path));
        } catch {
          outside('a JSON file that is none');
        }
      } else {
        let compiled;
        try {
          compiled = host.compile(path);
        } catch {
          outside('syntax that the engine does not take');
        }
        apply(compiled(imports(path, true)), module.exports, [module.exports, requireOf(path), module, path, path.slice(0, path.lastIndexOf('/'))]);
      }
      threw = false;
    } finally {
      if (threw) delete cache[path];
    }
    module.loaded = true;
    return module;
  };
  let requireMain;
  /// `import()` in the file.
  const imports = (path, isCommonJs = false) => (...args) => part('import').called(path, isCommonJs, args);
  /// The namespace of a module that `import()` has evaluated.
  const namespaces = new Map();
  // The modules that are evaluated right now, and those that wait at their top level, or did, or import one that did.
  let evaluating = new Set();
  const waiting = new Set();
  // All that was ever evaluated, or was to be.
  const known = new Set();
  /// Evaluates the module at the address, and remembers what waits.
  const evaluateEsm = (url, evaluate) => {
    const graph = host.graph(url);
    const before = evaluating;
    evaluating = new Set([...before, ...graph]);
    for (const each of graph) known.add(each);
    let promise;
    try {
      promise = evaluate();
    } finally {
      evaluating = before;
    }
    if (host.promiseState(promise)[0] === 'pending') {
      for (const each of graph) if (host.mayWait(each)) waiting.add(each);
    }
    return promise;
  };
  /// Whether one of these is evaluated with the module at the address.
  const meets = (url, set) => set.size > 0 && host.graph(url).some((each) => set.has(each));
  // Which files the program changes, or has asked to be changed.
  const touched = new Set();
  /// Refuses a module that may be what the program wrote, or that is missing where it wrote something.
  const notWritten = (path) => {
    if (touched.size > 0 && (path === undefined || touched.has(path))) outside('modules beside files that the program writes');
  };
  const requireOf = (from) => {
    const require = (request) => {
      if (typeof request !== 'string') throw wrongType('id', 'of type string', request);
      const found = host.resolve(from, request);
      notWritten(found?.path);
      if (found === undefined) throw notFound(request, from);
      if (found.builtin !== undefined) return builtin(found.builtin);
      if (found.esm) {
        if (major < 20) throw coded(Errors.Error, 'ERR_REQUIRE_ESM', `require() of ES Module ${found.path} from ${from} not supported.`);
        return fromEsm(found.path);
      }
      return load(found.path).exports;
    };
    require.resolve = (request) => {
      const found = host.resolve(from, request);
      if (found === undefined) throw notFound(request, from);
      return found.path ?? found.builtin;
    };
    require.cache = cache;
    require.main = requireMain;
    refuse(require, 'extensions', '`require.extensions`');
    refuse(require.resolve, 'paths', '`require.resolve.paths`');
    return require;
  };
  /// The namespace of an ES module that is evaluated now.
  const fromEsm = (path) => {
    if (parts.has('import') && part('import').isBusy()) outside('`require` of an ES module while an `import()` is on its way');
    if (evaluating.size + waiting.size > 0) {
      // What cannot be compiled is told when it is evaluated.
      let met = false;
      try {
        met = meets(path, evaluating) || meets(path, waiting);
      } catch {}
      if (met) outside('`require` of an ES module that is evaluated right now, or that waits');
    }
    const before = host.printed() + last;
    let namespace;
    let failure;
    try {
      namespace = host.evaluateNow(path);
    } catch (reason) {
      failure = { reason };
      throw reason;
    } finally {
      if (parts.has('import')) part('import').required(path, failure);
    }
    // Node looks for a top-level `await` before it evaluates anything.
    if (namespace === undefined && host.printed() + last !== before) outside('`require` of an ES module that does something before it waits');
    if (namespace === undefined) throw coded(Errors.Error, 'ERR_REQUIRE_ASYNC_MODULE', 'require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await comes from, use --experimental-print-required-tla.');
    if (Object.hasOwn(namespace, 'module.exports')) return namespace['module.exports'];
    // Node gives another namespace, which has `__esModule` as well.
    if (Object.hasOwn(namespace, 'default') && !Object.hasOwn(namespace, '__esModule')) {
      const more = { __proto__: null };
      for (const name of Object.keys(namespace)) defineProperty(more, name, { enumerable: true, get: () => namespace[name] });
      defineProperty(more, '__esModule', { enumerable: true, value: true });
      defineProperty(more, inspected, { value: () => outside('a namespace printed that `require` gave') });
      return more;
    }
    return namespace;
  };

  /// Refuses what a module of Node's exports and that is not modelled.
  const notExported = (error) => {
    if (!(error instanceof Errors.SyntaxError)) return;
    const said = ofTheEngine.get(error) ?? error.message;
    const missing = /export '(.*)' in module '(node:(.*)|.*)'/.exec(said);
    if (!missing) outside('syntax that the engine does not take');
    if (missing[3]) outside(`\`${missing[3]}.${missing[1]}\``);
    if (host.isBridged(missing[2])) outside(`the name \`${missing[1]}\` of a CommonJS module`);
  };

  const inJob = (job) => void apply(then, resolved, [job]);
  const start = {
    commonjs: () => {
      try {
        load(host.entry, true);
      } catch (error) {
        uncaught(error, 'uncaughtException');
      }
    },
    esm: () => {
      try {
        host.declareMain();
      } catch (error) {
        notExported(error);
        uncaught(error, 'uncaughtException');
        return;
      }
      // The main module is evaluated by a promise job; what it throws rejects a promise that Node itself handles.
      start.evaluate(() => {
        let evaluated;
        try {
          evaluated = evaluateEsm(host.entry, host.evaluateMain);
        } catch (error) {
          evaluated = NativePromise.reject(error);
        }
        // Node looks at the promise after some steps of its own.
        for (let step = 0; step < host.mainSteps; step += 1) evaluated = apply(then, evaluated, []);
        return apply(then, evaluated, [
          () => host.mainIsDone(),
          (error) => {
            notExported(error);
            host.mainIsDone();
            uncaught(error, 'unhandledRejection');
          },
        ]);
      });
    },
    evaluate: inJob,
  };

  const beforeExit = () => {
    try {
      emit('beforeExit', asCode(exitCode) ?? 0);
    } catch (error) {
      uncaught(error, 'uncaughtException');
    }
  };
  let natural = 0;
  const emitExit = (unsettled) => {
    if (unsettled) {
      // Code 13 says that a top-level await never came back; before Node 22, listeners do not see it yet.
      natural = 13;
      if (major >= 22 && !exitCode) exitCode = 13;
    }
    exiting = true;
    try {
      emit('exit', asCode(exitCode) ?? 0);
    } catch (error) {
      uncaught(error, 'uncaughtException');
    }
  };

  // What the other parts build on.
  const shared = { apply, then, ofTheEngine, touched, notWritten, namespaces, known, waiting, meets, evaluateEsm, Timeout, Immediate, setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate, Errors, coded, wrongType, mustBeFunction, guard, hidden, refuse, outside, inspected, promisified, task, nextTick, listened, emitted, process, NativePromise, format, run, range, start, inJob };
  const parts = new Map();
  const part = (name) => {
    if (!parts.has(name)) parts.set(name, host.part(name)(host, part, shared));
    return parts.get(name);
  };
  if (host.fault) part('faults');

  return { imports, loaded: (url, namespace) => void namespaces.set(url, namespace), run, endOfRound: () => inJob(host.roundHasEnded), rejected, rejections, beforeExit, emitExit, leave: () => leave(natural), start, builtin, load: (path) => load(path).exports };
});
