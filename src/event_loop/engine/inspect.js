// node's console formatting, after lib/internal/util/inspect.js of node 18 to 26.
//
// what the host gives:
//   major             node's major version
//   outside(what)     refuses, and never returns
//   promiseState(v)   ['pending'], ['fulfilled', v] or ['rejected', e]; undefined when v is no promise
//   isNamespace(v)    whether v is a module namespace object
//   errorStack(err)   the text that node would have as err.stack
//   previewEntries(v) optional: [entries, whether they are key, value pairs, whether of a set] of what
//                     a map or set iterator still holds, without moving it; undefined for other values,
//                     null when its place cannot be told
//   proxyParts(v)     optional: [target, handler] of a proxy, both null when revoked; undefined for other values
(function (host) {
  'use strict';

  // taken once, so that a program that patches prototypes later changes little
  const { major } = host;
  const {
    Array, ArrayBuffer, BigInt, Boolean, Date, Error, Function, JSON, Map, Math, Number, Object, Reflect, RegExp, Set, SharedArrayBuffer,
    String, Symbol, Uint8Array, WeakMap, WeakSet,
  } = host.natives;
  const {
    getOwnPropertyDescriptor: ownDescriptor, getOwnPropertyNames: ownNames, getOwnPropertySymbols: ownSymbols,
    getPrototypeOf, setPrototypeOf, is, keys: objectKeys,
  } = Object;
  const { isArray } = Array;
  const { isView } = ArrayBuffer;
  const { ownKeys, apply } = Reflect;
  const { floor, max, min, round, sqrt } = Math;
  const { parseInt: toInteger, parseFloat: toFloat, isFinite } = Number;
  const { stringify } = JSON;
  const { iterator, toStringTag, toPrimitive } = Symbol;
  const custom = Symbol.for('nodejs.util.inspect.custom');

  const { bind } = Function.prototype;
  const caller = Function.prototype.call;
  const unbound = (method) => apply(bind, caller, [method]);
  const getter = (holder, key) => unbound(ownDescriptor(holder, key).get);
  const { prototype: object } = Object, { prototype: text } = String, { prototype: map } = Map;
  const { prototype: set } = Set, { prototype: date } = Date, { prototype: regExp } = RegExp;
  const typedArray = getPrototypeOf(Uint8Array.prototype);
  const hasOwn = unbound(object.hasOwnProperty);
  const isEnumerable = unbound(object.propertyIsEnumerable);
  const objectToString = unbound(object.toString);
  const functionToString = unbound(Function.prototype.toString);
  const hasInstance = unbound(Function.prototype[Symbol.hasInstance]);
  const errorToString = unbound(Error.prototype.toString);
  const numberToString = unbound(Number.prototype.toString);
  const symbolToString = unbound(Symbol.prototype.toString);
  const charCodeAt = unbound(text.charCodeAt), codePointAt = unbound(text.codePointAt);
  const slice = unbound(text.slice), indexOf = unbound(text.indexOf), lastIndexOf = unbound(text.lastIndexOf);
  const startsWith = unbound(text.startsWith), endsWith = unbound(text.endsWith), includes = unbound(text.includes);
  const padStart = unbound(text.padStart), padEnd = unbound(text.padEnd), repeat = unbound(text.repeat);
  const split = unbound(text.split), replace = unbound(text.replace), replaceAll = unbound(text.replaceAll);
  const normalize = unbound(text.normalize), toLowerCase = unbound(text.toLowerCase);
  const exec = unbound(regExp.exec), replacePattern = unbound(regExp[Symbol.replace]);
  const splice = unbound(Array.prototype.splice);
  const regExpToString = unbound(regExp.toString);
  const getTime = unbound(date.getTime), dateToISO = unbound(date.toISOString);
  const mapSize = getter(map, 'size'), setSize = getter(set, 'size');
  const mapEntries = unbound(map.entries), setValues = unbound(set.values);
  const typedArrayTag = getter(typedArray, toStringTag), typedArrayLength = getter(typedArray, 'length');
  const weakMapHas = unbound(WeakMap.prototype.has), weakSetHas = unbound(WeakSet.prototype.has);
  const boxes = { __proto__: null };
  for (const type of [Number, String, Boolean, BigInt, Symbol]) boxes[type.name] = unbound(type.prototype.valueOf);
  const functionKinds = [
    [getPrototypeOf(async function* () {}), 'AsyncGeneratorFunction', /^async\s+function\s*\*/],
    [getPrototypeOf(function* () {}), 'GeneratorFunction', /^function\s*\*/],
    [getPrototypeOf(async () => {}), 'AsyncFunction', /^async\s+function\b/],
  ];

  // prototypes that keep their name even when their constructor property was changed
  const knownPrototypes = new Map();
  if (major >= 20) {
    const names = major < 22 ? ['Object', 'Function'] : [
      'Array', 'ArrayBuffer', 'Function', 'Map', 'Set', 'Object', 'RegExp', 'Date', 'DataView', 'Error', 'AggregateError',
      'RangeError', 'TypeError', 'Boolean', 'Number', 'String', 'Promise', 'WeakMap', 'WeakSet'];
    for (const name of names) knownPrototypes.set(globalThis[name].prototype, { name, constructor: globalThis[name] });
    if (major >= 22) knownPrototypes.set(typedArray, { name: 'TypedArray', constructor: getPrototypeOf(Uint8Array) });
  }
  const knownPrototype = unbound(map.get);

  // the names that node's own list of built-in objects holds when it is made
  let builtInNames;
  function isBuiltInName(name) {
    if (builtInNames === undefined) {
      builtInNames = { __proto__: null };
      const names = split('AggregateError Array ArrayBuffer BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError ' +
        'FinalizationRegistry Float32Array Float64Array Function Int16Array Int32Array Int8Array Intl JSON Map Math Number Object ' +
        'Promise Proxy RangeError ReferenceError Reflect RegExp Set String Symbol SyntaxError TypeError URIError Uint16Array ' +
        'Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet' + (major >= 22 ? ' Atomics' : '') +
        (major >= 24 ? ' Iterator' : '') + (major >= 26 ? ' Float16Array' : ''), ' ');
      for (let i = 0; i < names.length; i++) builtInNames[names[i]] = true;
    }
    return typeof name === 'string' && name in builtInNames;
  }

  // ---- brands: which internal slots a value has, whatever its prototype says ----

  const { NativeError } = host.natives;
  const { isError: isNativeError } = NativeError;
  const isError = (value) => isNativeError(value) || (major >= 22 ? hasInstance(Error, value) : value instanceof Error);

  // each throws for values that lack the slot; RegExp.prototype alone gives undefined
  const someKey = {};
  const probes = [
    ['Map', mapSize], ['Set', setSize], ['Date', getTime], ['RegExp', getter(regExp, 'global')],
    ['ArrayBuffer', getter(ArrayBuffer.prototype, 'byteLength')],
    ['WeakMap', (value) => weakMapHas(value, someKey)], ['WeakSet', (value) => weakSetHas(value, someKey)],
    ['Number', boxes.Number], ['String', boxes.String], ['Boolean', boxes.Boolean], ['BigInt', boxes.BigInt], ['Symbol', boxes.Symbol],
  ];
  if (typeof SharedArrayBuffer === 'function') probes.push(['SharedArrayBuffer', getter(SharedArrayBuffer.prototype, 'byteLength')]);

  // probing neither records stacks, which is slow, nor runs the program's own Error.prepareStackTrace
  const stackSettings = [];
  for (const [key, quiet] of [['prepareStackTrace', undefined], ['stackTraceLimit', 0]]) {
    const own = ownDescriptor(NativeError, key);
    if (own?.set !== undefined) stackSettings.push({ get: own.get, set: own.set, quiet });
  }
  function probed(value) {
    const before = [];
    for (let i = 0; i < stackSettings.length; i++) {
      before[i] = apply(stackSettings[i].get, NativeError, []);
      apply(stackSettings[i].set, NativeError, [stackSettings[i].quiet]);
    }
    let brand = 'Object';
    for (let i = 0; i < probes.length && brand === 'Object'; i++) {
      try {
        if (probes[i][1](value) !== undefined) brand = probes[i][0];
      } catch { /* not this one */ }
    }
    for (let i = 0; i < before.length; i++) apply(stackSettings[i].set, NativeError, [before[i]]);
    return brand;
  }

  function brandOf(value) {
    if (typeof value === 'function') return 'Function';
    if (isArray(value)) return 'Array';
    if (isView(value)) return typedArrayTag(value) ?? 'DataView';
    if (isNativeError(value)) return 'Error';
    if (host.isNamespace(value)) return 'Module';
    return host.promiseState(value) !== undefined ? 'Promise' : probed(value);
  }

  // v8 remembers which constructor made an object; here only a brand tells
  function engineName(value) {
    const brand = brandOf(value);
    if (brand === 'Error' || (brand === 'Function' && functionKind(value) !== 'Function')) host.outside('console.log of an object without its prototype');
    if (brand !== 'Object') return brand;
    const own = ownDescriptor(value, toStringTag);
    if (typeof own?.value === 'string') return own.value;
    if (getPrototypeOf(value) !== null) host.outside('console.log of an object whose prototype chain has no constructor');
    return 'Object';
  }

  // ---- small helpers ----

  const stylize = (string) => string;
  const plural = (count) => (count > 1 ? 's' : '');
  const remainingText = (count) => `... ${count} more item${plural(count)}`;
  const isTooDeep = (ctx, depth) => depth > ctx.depth && ctx.depth !== null;

  function join(list, separator) {
    let out = '';
    for (let i = 0; i < list.length; i++) out += i === 0 ? list[i] : separator + list[i];
    return out;
  }
  function pushAll(list, more) {
    for (let i = 0; i < more.length; i++) list[list.length] = more[i];
  }
  function position(list, item) {
    for (let i = 0; i < list.length; i++) if (list[i] === item) return i;
    return -1;
  }
  function remove(list, item) {
    const at = position(list, item);
    if (at !== -1) splice(list, at, 1);
  }

  const escaped = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' };
  const hexDigits = '0123456789ABCDEF';
  const unusual = /[\x00-\x1f\x27\x5c\x7f-\x9f\ud800-\udfff]/;

  // backslashes before the quote, control characters, backslashes and lone surrogates
  function escape(string, quote) {
    if (exec(unusual, string) === null) return string;
    let out = '', last = 0;
    for (let i = 0; i < string.length; i++) {
      const unit = charCodeAt(string, i);
      let sequence;
      if (unit === 92 || (unit === 39 && quote === "'")) {
        sequence = `\\${string[i]}`;
      } else if (unit < 32 || (unit > 126 && unit < 160)) {
        sequence = escaped[unit] ?? `\\x${hexDigits[unit >> 4]}${hexDigits[unit & 15]}`;
      } else if (unit >= 0xd800 && unit <= 0xdfff) {
        const next = unit <= 0xdbff && i + 1 < string.length ? charCodeAt(string, i + 1) : 0;
        if (next >= 0xdc00 && next <= 0xdfff) { i++; continue; }
        sequence = `\\u${numberToString(unit, 16)}`;
      } else {
        continue;
      }
      out += slice(string, last, i) + sequence;
      last = i + 1;
    }
    return out + slice(string, last);
  }

  // single quotes, unless the string has some and another kind of quote needs no escape
  function quoted(string) {
    let quote = "'";
    if (includes(string, "'")) {
      if (!includes(string, '"')) quote = '"';
      else if (!includes(string, '`') && !includes(string, '${')) quote = '`';
    }
    return quote + escape(string, quote) + quote;
  }

  const formatNumber = (number) => (is(number, -0) ? '-0' : `${number}`);

  function formatPrimitive(value, ctx) {
    if (typeof value === 'number') return formatNumber(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'symbol') return symbolToString(value);
    if (typeof value !== 'string') return `${value}`;
    let trailer = '';
    if (value.length > ctx.maxStringLength) {
      const rest = value.length - ctx.maxStringLength;
      value = slice(value, 0, ctx.maxStringLength);
      trailer = `... ${rest} more character${plural(rest)}`;
    }
    if (ctx.compact === true || value.length <= 16 || value.length <= ctx.breakLength - ctx.indent - 4) return quoted(value) + trailer;
    // a long string has each of its lines on a line
    const lines = [];
    for (let start = 0, end; start < value.length; start = end) {
      const newline = indexOf(value, '\n', start);
      end = newline === -1 ? value.length : newline + 1;
      lines[lines.length] = quoted(slice(value, start, end));
    }
    return join(lines, ` +\n${repeat(' ', ctx.indent + 2)}`) + trailer;
  }

  // ---- names ----

  function isInstance(value, constructor) {
    try { return value instanceof constructor; } catch { return false; }
  }

  function constructorName(value, ctx, depth, protoProps) {
    let first;
    let at = value;
    while (at) {
      const known = knownPrototype(knownPrototypes, at);
      if (known !== undefined && hasInstance(known.constructor, value)) {
        if (protoProps !== undefined && first !== at) addPrototypeProperties(ctx, value, first || value, depth, protoProps);
        return known.name;
      }
      const own = ownDescriptor(at, 'constructor');
      if (own !== undefined && typeof own.value === 'function' && own.value.name !== '' && isInstance(value, own.value)) {
        if (protoProps !== undefined && (first !== at || !isBuiltInName(own.value.name))) {
          addPrototypeProperties(ctx, value, first || value, depth, protoProps);
        }
        return String(own.value.name);
      }
      at = getPrototypeOf(at);
      if (first === undefined) first = at;
    }
    if (first === null) return null;
    const name = engineName(value);
    if (isTooDeep(ctx, depth)) return `${name} <Complex prototype>`;
    const above = constructorName(first, ctx, depth + 1, protoProps);
    if (above !== null) return `${name} <${above}>`;
    return `${name} <${inspect(first, { ...ctx, customInspect: false, depth: -1 })}>`;
  }

  // showHidden lists what the program itself defined on up to three prototypes
  function addPrototypeProperties(ctx, main, at, depth, output) {
    let keys;
    const above = [];
    for (let layer = 0; layer < 3; layer++) {
      if (layer !== 0 || main === at) {
        at = getPrototypeOf(at);
        if (at === null) return;
        const own = ownDescriptor(at, 'constructor');
        if (own !== undefined && typeof own.value === 'function' && isBuiltInName(own.value.name)) return;
      }
      if (layer !== 0) pushAll(above, keys);
      keys = ownKeys(at);
      ctx.seen[ctx.seen.length] = main;
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i];
        if (key === 'constructor' || hasOwn(main, key) || (layer !== 0 && position(above, key) !== -1)) continue;
        const own = ownDescriptor(at, key);
        if (typeof own.value !== 'function') output[output.length] = formatProperty(ctx, at, depth, key, 'object', own);
      }
      ctx.seen.length--;
    }
  }

  function prefixOf(constructor, tag, fallback, size = '') {
    if (constructor === null) {
      return tag !== '' && fallback !== tag ? `[${fallback}${size}: null prototype] [${tag}] ` : `[${fallback}${size}: null prototype] `;
    }
    if (tag === '') return `${constructor}${size} `;
    if (major >= 24) {
      const dot = lastIndexOf(tag, '.');
      return constructor === (dot >= 1 ? slice(tag, dot + 1) : tag) ? `${tag}${size} ` : `${constructor}${size} [${tag}] `;
    }
    if (major >= 22) {
      const at = indexOf(constructor, tag), end = at + tag.length;
      const shown = at === -1 || (end !== constructor.length && constructor[end] === toLowerCase(constructor[end]));
      return shown ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
    }
    return constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
  }

  function plainPrefix(value, constructor, tag) {
    let fallback = '';
    if (constructor === null) {
      fallback = engineName(value);
      if (fallback === tag) fallback = 'Object';
    }
    return prefixOf(constructor, tag, fallback);
  }

  // ---- keys ----

  function keysOf(value, showHidden) {
    let keys;
    const symbols = ownSymbols(value);
    if (showHidden) {
      keys = ownNames(value);
      if (typeof value === 'function') keys = functionKeys(value, keys);
      pushAll(keys, symbols);
      return keys;
    }
    try {
      keys = objectKeys(value);
    } catch (error) {
      // a namespace of a module that has not run yet
      if (!host.isNamespace(value)) throw error;
      keys = ownNames(value);
    }
    for (let i = 0; i < symbols.length; i++) if (isEnumerable(value, symbols[i])) keys[keys.length] = symbols[i];
    return keys;
  }

  // v8's order; before node 26 a sloppy function also owns arguments and caller
  function functionKeys(fn, keys) {
    const first = [];
    const move = (key) => {
      if (position(keys, key) === -1) return;
      remove(keys, key);
      first[first.length] = key;
    };
    move('length');
    move('name');
    if (major < 26 && isSloppy(fn) && position(keys, 'prototype') !== -1) pushAll(first, ['arguments', 'caller']);
    move('prototype');
    if (keys.length > 0 && endsWith(functionToString(fn), '[native code]\n}')) host.outside('%o of a function of the language');
    pushAll(first, keys);
    return first;
  }
  const callerOf = getter(Function.prototype, 'caller');
  const isSloppy = (fn) => {
    try { callerOf(fn); return true; } catch { return false; }
  };

  // an array's keys that are no index
  function extraKeys(value, showHidden) {
    const keys = keysOf(value, showHidden);
    let start = 0;
    while (start < keys.length && isIndex(keys[start])) start++;
    return start === 0 ? keys : splice(keys, start);
  }
  const isIndex = (key) => {
    if (typeof key !== 'string' || key === '') return false;
    const number = +key;
    return number >= 0 && number <= 4294967294 && `${number >>> 0}` === key;
  };

  // ---- values ----

  const proxyParts = host.proxyParts ?? (() => undefined);

  function formatValue(ctx, value, depth, inTypedArray) {
    if (value === null) return 'null';
    if (typeof value !== 'object' && typeof value !== 'function') return formatPrimitive(value, ctx);
    const original = value;
    let proxies = 0;
    for (let parts; (parts = proxyParts(value)) !== undefined; proxies++) {
      if (ctx.showProxy && proxies === 0 && parts[0] !== null) return formatProxy(ctx, parts, depth);
      // before node 26 only the outermost proxy is looked through
      if (proxies === 1 && major < 26) break;
      if (parts[0] === null) return inProxies('<Revoked Proxy>', major < 26 ? 0 : proxies);
      value = parts[0];
    }
    if (ctx.customInspect) {
      const own = value[custom];
      if (typeof own === 'function' && own !== inspect && !isPrototype(value)) {
        const left = ctx.depth === null ? null : ctx.depth - depth;
        const foreign = proxies !== 0 || !(major >= 22 ? hasInstance(Object, original) : original instanceof Object);
        const result = apply(own, original, [left, optionsFor(ctx, foreign), inspect]);
        if (result !== original) {
          if (typeof result !== 'string') return formatValue(ctx, result, depth);
          return replaceAll(result, '\n', `\n${repeat(' ', ctx.indent)}`);
        }
      }
    }
    if (position(ctx.seen, value) !== -1) {
      ctx.circular ??= [];
      let index = position(ctx.circular, value);
      if (index === -1) {
        index = ctx.circular.length;
        ctx.circular[index] = value;
      }
      return `[Circular *${index + 1}]`;
    }
    return inProxies(formatRaw(ctx, value, depth, inTypedArray), major < 26 ? 0 : proxies);
  }

  const inProxies = (shown, count) => repeat('Proxy(', count) + shown + repeat(')', count);

  function formatProxy(ctx, parts, depth) {
    if (isTooDeep(ctx, depth)) return 'Proxy [Array]';
    ctx.indent += 2;
    const shown = [formatValue(ctx, parts[0], depth + 1), formatValue(ctx, parts[1], depth + 1)];
    ctx.indent -= 2;
    return layOut(ctx, shown, '', ['Proxy [', ']'], 'array', depth + 1);
  }

  function isPrototype(value) {
    if (major >= 22) return ownDescriptor(value, 'constructor')?.value?.prototype === value;
    return value.constructor && value.constructor.prototype === value;
  }

  // what a custom inspection gets; an object of no Object gets options without a prototype
  function optionsFor(ctx, foreign) {
    const { stylize, showHidden, depth, colors, customInspect, showProxy, maxArrayLength, maxStringLength, breakLength, compact,
      sorted, getters, numericSeparator } = ctx;
    const options = { stylize, showHidden, depth, colors, customInspect, showProxy, maxArrayLength, maxStringLength, breakLength, compact,
      sorted, getters, numericSeparator, ...ctx.userOptions };
    if (foreign) {
      setPrototypeOf(options, null);
      const keys = objectKeys(options);
      for (let i = 0; i < keys.length; i++) {
        const option = options[keys[i]];
        if ((typeof option === 'object' || typeof option === 'function') && option !== null) delete options[keys[i]];
      }
      options.stylize = setPrototypeOf((string) => `${string}`, null);
    }
    return options;
  }

  // objects that node itself makes and that look different here
  function isHostObject(value) {
    return value === globalThis || value === ownDescriptor(globalThis, 'console')?.value || value === ownDescriptor(globalThis, 'process')?.value;
  }

  function formatRaw(ctx, value, depth, inTypedArray) {
    if (isHostObject(value)) host.outside('console.log of an object that belongs to Node itself');
    const tooDeep = isTooDeep(ctx, depth), inner = depth + 1;
    if (ctx.showHidden && isOfLanguage(value)) host.outside('%o of an object of the language');
    let protoProps = ctx.showHidden && !tooDeep ? [] : undefined;
    const constructor = constructorName(value, ctx, depth, protoProps);
    if (protoProps !== undefined && protoProps.length === 0) protoProps = undefined;

    let tag;
    if (major >= 24) {
      try { tag = value[toStringTag]; } catch { tag = ''; }
    } else {
      tag = value[toStringTag];
    }
    // an own tag that is printed as a property is not printed twice
    if (typeof tag !== 'string' || (tag !== '' && (ctx.showHidden ? hasOwn : isEnumerable)(value, toStringTag))) tag = '';

    let keys, braces = ['{', '}'], base = '', formatter = () => [], kind = 'object', getterKeys = [], entries, brand;
    const isBare = () => keys.length === 0 && protoProps === undefined;
    let iterable = iterator in value || constructor === null;
    if (iterable) {
      brand = brandOf(value);
      if (brand === 'Array') {
        const prefix = constructor !== 'Array' || tag !== '' ? prefixOf(constructor, tag, 'Array', `(${value.length})`) : '';
        keys = extraKeys(value, ctx.showHidden);
        braces = [`${prefix}[`, ']'];
        if (value.length === 0 && isBare()) return `${braces[0]}]`;
        kind = 'array';
        formatter = formatArray;
      } else if (brand === 'Set' || brand === 'Map') {
        const size = brand === 'Set' ? setSize(value) : mapSize(value);
        const prefix = prefixOf(constructor, tag, brand, `(${size})`);
        keys = keysOf(value, ctx.showHidden);
        if (size === 0 && isBare()) return `${prefix}{}`;
        braces[0] = `${prefix}{`;
        const source = constructor !== null ? value : brand === 'Set' ? setValues(value) : mapEntries(value);
        formatter = () => formatCollection(ctx, source, inner, brand === 'Set');
      } else if (isView(value) && brand !== 'DataView') {
        keys = extraKeys(value, ctx.showHidden);
        const fallback = constructor === null ? brand : '';
        const bound = constructor === null ? new globalThis[fallback](value) : value;
        const size = typedArrayLength(value);
        braces = [`${prefixOf(constructor, tag, fallback, `(${size})`)}[`, ']'];
        if (value.length === 0 && keys.length === 0 && !ctx.showHidden) return `${braces[0]}]`;
        formatter = () => formatTypedArray(ctx, bound, size, inner);
        kind = 'array';
        if (ctx.showHidden && major >= 22) {
          getterKeys = viewKeys;
          inTypedArray = true;
        }
      } else if ((entries = previewEntries(value, tag)) !== undefined) {
        keys = keysOf(value, ctx.showHidden);
        const name = `${entries[2] ? 'Set' : 'Map'} ${entries[1] ? 'Entries' : 'Iterator'}`;
        braces[0] = tag !== '' && tag !== 'Map Iterator' && tag !== 'Set Iterator' ? `[${tag}] [${name}] {` : `[${name}] {`;
        formatter = () => formatEntries(ctx, entries[0], entries[1], inner);
      } else {
        iterable = false;
      }
    }
    if (!iterable) {
      keys = keysOf(value, ctx.showHidden);
      if (typeof value === 'function' && (major >= 20 || constructor !== 'Object')) {
        base = functionBase(ctx, value, constructor, tag);
        if (value === Error && !ctx.showHidden && position(keys, 'stackTraceLimit') === -1) splice(keys, 0, 0, 'stackTraceLimit');
        if (isBare()) return base;
      } else if (constructor === 'Object') {
        if (objectToString(value) === '[object Arguments]') braces[0] = '[Arguments] {';
        else if (tag !== '') braces[0] = `${prefixOf(constructor, tag, 'Object')}{`;
        if (isBare()) return `${braces[0]}}`;
      } else if ((brand ??= brandOf(value)) === 'RegExp') {
        // this engine leaves line separators in a pattern as they are
        const shown = regExpToString(constructor !== null ? value : new RegExp(value));
        base = withPrefix(replaceAll(replaceAll(shown, '\u2028', '\\u2028'), '\u2029', '\\u2029'), constructor, tag, brand);
        if (isBare() || tooDeep) return base;
      } else if (brand === 'Date') {
        base = withPrefix(isFinite(getTime(value)) ? dateToISO(value) : 'Invalid Date', constructor, tag, brand);
        if (isBare()) return base;
      } else if (isError(value)) {
        if (ctx.showHidden) host.outside('%o of an error');
        base = formatError(value, constructor, tag, ctx, keys);
        if (isBare()) return base;
      } else if (brand === 'ArrayBuffer' || brand === 'SharedArrayBuffer') {
        const prefix = prefixOf(constructor, tag, brand);
        if (inTypedArray === undefined) formatter = formatArrayBuffer;
        else if (isBare()) return `${prefix}{ ${major >= 22 ? '[byteLength]' : 'byteLength'}: ${formatNumber(value.byteLength)} }`;
        braces[0] = `${prefix}{`;
        getterKeys = ['byteLength'];
      } else if (brand === 'DataView') {
        braces[0] = `${prefixOf(constructor, tag, brand)}{`;
        getterKeys = ['byteLength', 'byteOffset', 'buffer'];
      } else if (brand === 'Promise') {
        braces[0] = `${prefixOf(constructor, tag, brand)}{`;
        formatter = formatPromise;
      } else if (brand === 'WeakSet' || brand === 'WeakMap') {
        if (ctx.showHidden) host.outside('%o of a WeakSet or WeakMap');
        braces[0] = `${prefixOf(constructor, tag, brand)}{`;
        formatter = () => ['<items unknown>'];
      } else if (brand === 'Module') {
        braces[0] = `${prefixOf(constructor, tag, brand)}{`;
        const exported = keys;
        keys = [];
        formatter = () => formatNamespace(ctx, value, inner, exported);
      } else if (brand in boxes) {
        base = boxBase(ctx, value, brand, keys, constructor, tag);
        if (isBare()) return base;
      } else {
        // node asks here whether it prints a URL, which runs a getter of that name
        if (major >= 20) value.href;
        const prefix = plainPrefix(value, constructor, tag);
        if (isBare()) return `${prefix}{}`;
        braces[0] = `${prefix}{`;
      }
    }
    if (tooDeep) {
      const name = slice(plainPrefix(value, constructor, tag), 0, -1);
      return constructor !== null ? `[${name}]` : name;
    }
    ctx.seen[ctx.seen.length] = value;
    ctx.currentDepth = inner;
    let output;
    try {
      output = formatter(ctx, value, inner);
      for (let i = 0; i < getterKeys.length; i++) output[output.length] = formatGetterKey(ctx, value, inner, getterKeys[i], inTypedArray);
      for (let i = 0; i < keys.length; i++) output[output.length] = formatProperty(ctx, value, inner, keys[i], kind === 'array' ? 'extra' : 'object');
    } catch (error) {
      // node 18 takes every exception here for a fault of its own; other versions only look for a full stack
      if (major < 20 || error?.message === 'Maximum call stack size exceeded' || error?.message === 'stack overflow') {
        host.outside('console.log of an object that throws while it is shown');
      }
      throw error;
    }
    if (protoProps !== undefined) pushAll(output, protoProps);
    if (ctx.circular !== undefined) {
      const index = position(ctx.circular, value);
      if (index !== -1) {
        const reference = `<ref *${index + 1}>`;
        if (ctx.compact !== true) base = base === '' ? reference : `${reference} ${base}`;
        else braces[0] = `${reference} ${braces[0]}`;
      }
    }
    ctx.seen.length--;
    return layOut(ctx, output, base, braces, kind, inner, value);
  }

  function withPrefix(shown, constructor, tag, usual) {
    const prefix = prefixOf(constructor, tag, usual);
    return prefix === `${usual} ` ? shown : prefix + shown;
  }

  // with showHidden the language's own objects list all they have, which differs by engine
  let languageObjects;
  function isOfLanguage(value) {
    if (languageObjects === undefined) {
      languageObjects = [];
      const names = ownNames(globalThis);
      for (let i = 0; i < names.length; i++) {
        const own = isBuiltInName(names[i]) ? ownDescriptor(globalThis, names[i]).value : undefined;
        if (typeof own === 'object') languageObjects[languageObjects.length] = own;
        else if (typeof own?.prototype === 'object') languageObjects[languageObjects.length] = own.prototype;
      }
    }
    return position(languageObjects, value) !== -1;
  }

  function boxBase(ctx, value, type, keys, constructor, tag) {
    if (type === 'String') splice(keys, 0, value.length);
    let base = `[${type}`;
    if (type !== constructor) base += constructor === null ? ' (null prototype)' : ` (${constructor})`;
    base += `: ${formatPrimitive(boxes[type](value), ctx)}]`;
    return tag !== '' && tag !== constructor ? `${base} [${tag}]` : base;
  }

  // ---- functions ----

  const afterClass = /^(\s+[^(]*?)\s*{/;
  const comments = /(\/\/.*?\n)|(\/\*(.|\n)*?\*\/)/g;

  function functionKind(fn) {
    for (let at = getPrototypeOf(fn); at !== null; at = getPrototypeOf(at)) {
      for (let i = 0; i < 3; i++) if (at === functionKinds[i][0]) return functionKinds[i][1];
      if (at === Function.prototype) return 'Function';
    }
    const source = functionToString(fn);
    for (let i = 0; i < 3; i++) if (exec(functionKinds[i][2], source) !== null) return functionKinds[i][1];
    if (exec(/^(async|\*)/, source) !== null) host.outside('console.log of a function without its prototype');
    return 'Function';
  }

  function isClass(source) {
    if (!startsWith(source, 'class') || source[source.length - 1] !== '}') return false;
    const rest = slice(source, 5, -1);
    const brace = indexOf(rest, '{');
    return brace !== -1 && (!includes(slice(rest, 0, brace), '(') || exec(afterClass, replacePattern(comments, rest, '')) !== null);
  }

  function functionBase(ctx, fn, constructor, tag) {
    if (isClass(functionToString(fn))) {
      let base = `class ${(hasOwn(fn, 'name') && fn.name) || '(anonymous)'}`;
      if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
      if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
      if (constructor === null) return `[${base} extends [null prototype]]`;
      const parent = getPrototypeOf(fn).name;
      return parent ? `[${base} extends ${parent}]` : `[${base}]`;
    }
    const type = functionKind(fn);
    let base = `[${type}`;
    if (constructor === null) base += ' (null prototype)';
    if (fn.name === '') base += ' (anonymous)';
    else base += `: ${typeof fn.name === 'string' || major < 22 ? fn.name : formatValue(ctx, fn.name)}`;
    base += ']';
    if (constructor !== type && constructor !== null) base += ` ${constructor}`;
    if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
    return base;
  }

  // ---- errors ----

  function stackOf(ctx, error) {
    let stack;
    const own = ownDescriptor(error, 'stack');
    if (own === undefined ? isNativeError(error) : typeof own.value === 'string') {
      stack = host.errorStack(error);
    } else if (major < 22) {
      stack = error.stack;
    } else {
      try { stack = error.stack; } catch { /* node ignores a getter that throws */ }
    }
    if (!stack) return errorToString(error);
    if (typeof stack === 'string') return stack;
    if (major < 22) return `${String(stack)}`;
    ctx.seen[ctx.seen.length] = error;
    ctx.indent += 4;
    const shown = formatValue(ctx, stack);
    ctx.indent -= 4;
    ctx.seen.length--;
    return `${errorToString(error)}\n    ${shown}`;
  }

  // the first run of more than three frames that both stacks have
  function sharedFrames(frames, others) {
    for (let i = 0; i < frames.length - 3; i++) {
      const at = position(others, frames[i]);
      if (at === -1 || others.length - at <= 3) continue;
      const most = min(frames.length - i, others.length - at);
      let length = 1;
      while (most > length && frames[i + length] === others[at + length]) length++;
      if (length > 3) return [length, i];
    }
    return [0, 0];
  }

  function stackFrames(ctx, error, stack) {
    const frames = split(stack, '\n');
    let cause;
    try { cause = error.cause; } catch { /* node ignores a getter that throws */ }
    if (cause != null && isError(cause)) {
      const other = stackOf(ctx, cause);
      const start = indexOf(other, '\n    at');
      if (start !== -1) {
        const shared = sharedFrames(frames, split(slice(other, start + 1), '\n'));
        const skipped = shared[0] - 2;
        if (shared[0] > 0) splice(frames, shared[1] + 1, skipped, `    ... ${skipped} lines matching cause stack trace ...`);
      }
    }
    // newer versions fold repeated frames, which only a raised Error.stackTraceLimit can bring
    if (major >= 22 && frames.length > 10) {
      const distinct = [];
      for (let i = 0; i < frames.length; i++) if (position(distinct, frames[i]) === -1) distinct[distinct.length] = frames[i];
      if (frames.length - distinct.length > 3) host.outside('console.log of an error with repeated frames');
    }
    return frames;
  }

  // puts the class's name in place of the name that the stack starts with
  function improvedStack(stack, constructor, name, tag) {
    let length = name.length;
    if (major >= 22 && typeof name !== 'string') {
      stack = replace(stack, asText(name), `${name} [${slice(prefixOf(constructor, tag, 'Error'), 0, -1)}]`);
    }
    if (constructor !== null && !(endsWith(name, 'Error') && startsWith(stack, name) &&
        (stack.length === length || stack[length] === ':' || stack[length] === '\n'))) return stack;
    let fallback = 'Error';
    if (constructor === null) {
      const start = exec(/^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n {4}at)/, stack) || exec(/^([a-z_A-Z0-9-]*Error)$/, stack);
      fallback = (start && start[1]) || '';
      length = fallback.length;
      fallback ||= 'Error';
    }
    const prefix = slice(prefixOf(constructor, tag, fallback), 0, -1);
    if (name === prefix) return stack;
    if (!includes(prefix, name)) return `${prefix} [${name}]${slice(stack, length)}`;
    return length === 0 ? `${prefix}: ${stack}` : `${prefix}${slice(stack, length)}`;
  }

  // node turns a name or message into a string, which may fail or give a pattern
  function asText(value) {
    if ((typeof value === 'object' && value !== null) || typeof value === 'symbol') host.outside('console.log of an error whose name or message is no text');
    return `${value}`;
  }

  function formatError(error, constructor, tag, ctx, keys) {
    let stack, name, message, names;
    if (major < 22) {
      name = error.name != null ? asText(error.name) : 'Error';
      stack = stackOf(ctx, error);
      names = ['name', 'message', 'stack'];
      for (let i = 0; i < 3; i++) {
        if (position(keys, names[i]) !== -1 && (names[i] === 'stack' || includes(stack, asText(error[names[i]])))) remove(keys, names[i]);
      }
      if ('cause' in error && position(keys, 'cause') === -1) keys[keys.length] = 'cause';
      if (isArray(error.errors) && position(keys, 'errors') === -1) keys[keys.length] = 'errors';
      stack = improvedStack(stack, constructor, name, tag);
      message = error.message;
    } else {
      try { stack = stackOf(ctx, error); } catch { return objectToString(error); }
      let hasMessage = true, hasName = true;
      try { message = error.message; } catch { hasMessage = false; }
      try { name = error.name; } catch { hasName = false; }
      remove(keys, 'stack');
      if (hasMessage && (typeof message !== 'string' || includes(stack, message))) remove(keys, 'message');
      if (hasName && (typeof name !== 'string' || includes(stack, name))) remove(keys, 'name');
      name ??= 'Error';
      const show = (key) => { if (hasOwn(error, key) && position(keys, key) === -1) keys[keys.length] = key; };
      show('cause');
      try { if (isArray(error.errors)) show('errors'); } catch { /* node ignores a getter that throws */ }
      if (major >= 26) {
        show('error');
        show('suppressed');
      }
      stack = improvedStack(stack, constructor, name, tag);
    }
    // brackets stand for a missing stack; a message may look like one
    let at = (message && indexOf(stack, message)) || -1;
    if (at !== -1) at += message.length;
    const start = indexOf(stack, '\n    at', at);
    if (start === -1) stack = `[${stack}]`;
    else stack = `${slice(stack, 0, start)}\n${join(stackFrames(ctx, error, slice(stack, start + 1)), '\n')}`;
    return ctx.indent !== 0 ? replaceAll(stack, '\n', `\n${repeat(' ', ctx.indent)}`) : stack;
  }

  // ---- contents ----

  function formatNamespace(ctx, value, depth, keys) {
    const output = [];
    for (let i = 0; i < keys.length; i++) {
      try {
        output[i] = formatProperty(ctx, value, depth, keys[i], 'object');
      } catch {
        // the binding has no value yet
        const shown = formatProperty(ctx, { [keys[i]]: '' }, depth, keys[i], 'object');
        output[i] = `${slice(shown, 0, lastIndexOf(shown, ' ') + 1)}<uninitialized>`;
      }
    }
    return output;
  }

  const viewKeys = ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer'];
  const emptyItems = (count) => `<${count} empty item${plural(count)}>`;

  function formatArray(ctx, value, depth) {
    const length = value.length;
    const most = min(max(0, ctx.maxArrayLength), length);
    const output = [];
    for (let i = 0; i < most; i++) {
      const own = ownDescriptor(value, i);
      if (own === undefined) return formatHoles(ctx, value, depth, most, output, i);
      output[i] = formatProperty(ctx, value, depth, i, 'item', own);
    }
    if (length > most) output[most] = remainingText(length - most);
    return output;
  }

  function formatHoles(ctx, value, depth, most, output, i) {
    const keys = objectKeys(value);
    let index = i;
    for (; i < keys.length && output.length < most; i++) {
      const key = keys[i];
      if (!isIndex(key)) break;
      if (`${index}` !== key) {
        output[output.length] = emptyItems(key - index);
        index = +key;
        if (output.length === most) break;
      }
      output[output.length] = formatProperty(ctx, value, depth, key, 'item');
      index++;
    }
    const rest = value.length - index;
    if (rest > 0) output[output.length] = output.length !== most ? emptyItems(rest) : remainingText(rest);
    return output;
  }

  function formatArrayBuffer(ctx, value) {
    let bytes;
    try { bytes = new Uint8Array(value); } catch { return ['(detached)']; }
    let shown = '';
    for (let i = 0; i < min(ctx.maxArrayLength, bytes.length); i++) {
      shown += `${i === 0 ? '' : ' '}${toLowerCase(hexDigits[bytes[i] >> 4] + hexDigits[bytes[i] & 15])}`;
    }
    const rest = bytes.length - ctx.maxArrayLength;
    if (rest > 0) shown += ` ... ${rest} more byte${plural(rest)}`;
    return [`[Uint8Contents]: <${shown}>`];
  }

  function formatTypedArray(ctx, value, length, depth) {
    const most = min(max(0, ctx.maxArrayLength), length);
    const output = [];
    for (let i = 0; i < most; i++) output[i] = formatPrimitive(value[i], ctx);
    if (value.length > most) output[most] = remainingText(value.length - most);
    if (ctx.showHidden && major < 22) {
      ctx.indent += 2;
      for (let i = 0; i < viewKeys.length; i++) output[output.length] = `[${viewKeys[i]}]: ${formatValue(ctx, value[viewKeys[i]], depth, true)}`;
      ctx.indent -= 2;
    }
    return output;
  }

  function formatCollection(ctx, value, depth, ofSet) {
    // node 18 shows all entries of a map or set
    const size = major < 20 ? Infinity : value.size;
    const most = min(max(0, major < 20 ? Infinity : ctx.maxArrayLength), size);
    const output = [];
    ctx.indent += 2;
    for (const item of value) {
      if (output.length >= most) break;
      output[output.length] = ofSet ? formatValue(ctx, item, depth) : `${formatValue(ctx, item[0], depth)} => ${formatValue(ctx, item[1], depth)}`;
    }
    if (size - most > 0) output[output.length] = remainingText(size - most);
    ctx.indent -= 2;
    return output;
  }

  function previewEntries(value, tag) {
    if (host.previewEntries === undefined) {
      if (tag === 'Map Iterator' || tag === 'Set Iterator') host.outside(`console.log of a ${tag}`);
      return undefined;
    }
    const entries = host.previewEntries(value);
    if (entries === null) host.outside('console.log of the iterator of a changed map or set');
    return entries;
  }

  function formatEntries(ctx, entries, paired, depth) {
    const count = paired ? entries.length / 2 : entries.length;
    const most = min(max(0, ctx.maxArrayLength), count);
    const output = [];
    ctx.indent += 2;
    for (let i = 0; i < most; i++) {
      if (!paired) { output[i] = formatValue(ctx, entries[i], depth); continue; }
      const pair = [formatValue(ctx, entries[i * 2], depth), formatValue(ctx, entries[i * 2 + 1], depth)];
      output[i] = layOut(ctx, pair, '', ['[', ']'], 'array', depth);
    }
    ctx.indent -= 2;
    if (count > most) output[most] = remainingText(count - most);
    return output;
  }

  function formatPromise(ctx, value, depth) {
    const state = host.promiseState(value);
    if (state[0] === 'pending') return ['<pending>'];
    ctx.indent += 2;
    const shown = formatValue(ctx, state[1], depth);
    ctx.indent -= 2;
    return [state[0] === 'rejected' ? `<rejected> ${shown}` : shown];
  }

  // properties that are getters of the prototype; before node 22 they look like the value's own
  function formatGetterKey(ctx, value, depth, key, inTypedArray) {
    let shown;
    try { shown = value[key]; } catch { host.outside('console.log of a view whose buffer is gone'); }
    if (major < 22) return formatProperty(ctx, value, depth, key, 'object', { value: shown, enumerable: true });
    ctx.indent += 2;
    shown = formatValue(ctx, shown, depth, inTypedArray);
    ctx.indent -= 2;
    return `[${key}]: ${shown}`;
  }

  const plainKey = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

  // place is 'item' in an array, 'extra' for an array's other keys, 'object' elsewhere
  function formatProperty(ctx, value, depth, key, place, own) {
    let shown, space = ' ';
    // what only v8 has as an own property: a sloppy function's arguments and caller, and a limit
    if (value === Error && key === 'stackTraceLimit') own = { value: Error.stackTraceLimit, enumerable: true };
    own ??= ownDescriptor(value, key) ?? { value: null, enumerable: false };
    if (own.value !== undefined) {
      const indent = ctx.compact !== true || place !== 'object' ? 2 : 3;
      ctx.indent += indent;
      shown = formatValue(ctx, own.value, depth);
      if (indent === 3 && ctx.breakLength < widthOf(shown)) space = `\n${repeat(' ', ctx.indent)}`;
      ctx.indent -= indent;
    } else if (own.get !== undefined) {
      shown = own.set !== undefined ? '[Getter/Setter]' : '[Getter]';
    } else {
      shown = own.set !== undefined ? '[Setter]' : 'undefined';
    }
    if (place === 'item') return shown;
    let name;
    if (typeof key === 'symbol') {
      name = escape(symbolToString(key), "'");
      if (major < 24) name = `[${name}]`;
    } else if (key === '__proto__') {
      name = "['__proto__']";
    } else if (major < 24 && own.enumerable === false) {
      name = `[${escape(key, "'")}]`;
    } else {
      name = exec(plainKey, key) !== null ? key : quoted(key);
    }
    if (major >= 24 && own.enumerable === false) name = `[${name}]`;
    return `${name}:${space}${shown}`;
  }

  // ---- lines ----

  // how many columns a string takes in a terminal, by ICU's tables: ranges as steps in base 36
  const wideRanges = '3cw.2n 3i3.1 e.1 5b.3 4 3 ei.1 m.1 r.7 h.b 18 b.5 4 e 9.1 i.1 6.1 9 6 m 8.1 2 5 3 8 5.1 t 10 2 5.2 2 1q.2 p f nw.1 1g 5 ' +
    'mj.p 2.2g d.5x r.26 3.2d 3.2u 6.16 2.2l 2.2d a.1b 2.13 9.mkc 4.1i wq.s hw.8mb 6l9.e7 lt.9 n.y 2.i 2.3 46.2n 3k.6 m4a.4 c.6 a.5p1 16.v ' +
    '2q.36 6pq.3 2.6 2.1 2.82 g u.2 3 f.3 9.az 603.1 2k.1 90.2e a.m 5n2 5n 5b 3.9 24.s e.17 5.8 8.1 f.5 4b.w d.8 2.1x 2.l d.16 5.4 d.g 4 ' +
    '4.1y 2 2.56 3.1q e.3 2.n j r.1 e 2f.2c 1d.1x 7 4.2 3.3 4.3 c.1 8.8 6c.b 5 7w.1a 2.9 2.54 35.c 4.a 4.1k 2 5.f 3.b 5.9 zs.1ekd 3.1ekd';
  // where node 18's older tables say something else
  const changedRanges = '1p3 3lk.e 3.b 285.7 2b.5 28l.1 5i3.1r 11t6.4 b1.2 xr.5 e 2 2 f.1 n0 ua 2.2 2 s4 czo.b 4.2 2wz.4 4qq.7 zk a.l 2q.36 ' +
    'dn2.2e a.m 3nc.1 6s 3 8.1 6 34z q9.1 4.1 1b 8 2 5 f 3 a.1 5';

  function rangesOf(steps) {
    const ranges = [];
    let at = 0;
    const list = split(steps, ' ');
    for (let i = 0; i < list.length; i++) {
      const parts = split(list[i], '.');
      const start = at + toInteger(parts[0], 36);
      at = start + (parts.length > 1 ? toInteger(parts[1], 36) : 0);
      ranges[ranges.length] = [start, at];
    }
    return ranges;
  }
  function isIn(ranges, code) {
    for (let i = 0; i < ranges.length && ranges[i][0] <= code; i++) if (code <= ranges[i][1]) return true;
    return false;
  }

  let widths;
  function widthOf(string) {
    let width = 0;
    for (let i = 0; i < string.length; i++) {
      const unit = charCodeAt(string, i);
      if (unit >= 127) return width + wideWidthOf(normalize(slice(string, i), 'NFC'));
      if (unit >= 32) width++;
    }
    return width;
  }
  function wideWidthOf(string) {
    widths ??= {
      wide: rangesOf(wideRanges), changed: major < 20 ? rangesOf(changedRanges) : [],
      none: new RegExp('[\\p{Mn}\\p{Me}\\p{Cf}\\p{Cc}]', 'u'),
    };
    let width = 0;
    for (let i = 0; i < string.length; i++) {
      const code = codePointAt(string, i);
      if (code > 0xffff) i++;
      if (isIn(widths.changed, code)) host.outside('columns of a character that Unicode changed');
      if (isIn(widths.wide, code)) width += 2;
      else if (code === 0xad || code > 31 && exec(widths.none, code > 0xffff ? string[i - 1] + string[i] : string[i]) === null) width++;
    }
    return width;
  }

  // puts the items of a long array into columns of similar width
  function grouped(ctx, output, value) {
    const hasMore = ctx.maxArrayLength < output.length;
    const count = hasMore ? output.length - 1 : output.length;
    const lengths = [];
    let total = 0, longest = 0;
    for (let i = 0; i < count; i++) {
      lengths[i] = widthOf(output[i]);
      total += lengths[i] + 2;
      longest = max(longest, lengths[i]);
    }
    const actual = longest + 2;
    if (actual * 3 + ctx.indent >= ctx.breakLength || (total / actual <= 5 && longest > 6)) return output;
    // about a square, as characters are 2.5 times as high as wide
    const biased = max(actual - 3 - sqrt(actual - total / output.length), 1);
    const columns = min(
      round(sqrt(2.5 * biased * count) / biased),
      floor((ctx.breakLength - ctx.indent) / actual),
      ctx.compact * 4,
      15,
    );
    if (columns <= 1) return output;
    const columnWidths = [];
    for (let i = 0; i < columns; i++) {
      let width = 0;
      for (let j = i; j < output.length; j += columns) if (lengths[j] > width) width = lengths[j];
      columnWidths[i] = width + 2;
    }
    let pad = padStart;
    if (value !== undefined) {
      for (let i = 0; i < output.length; i++) {
        if (typeof value[i] !== 'number' && typeof value[i] !== 'bigint') { pad = padEnd; break; }
      }
    }
    const lines = [];
    for (let i = 0; i < count; i += columns) {
      const last = min(i + columns, count) - 1;
      let line = '';
      for (let j = i; j < last; j++) line += pad(`${output[j]}, `, columnWidths[j - i] + output[j].length - lengths[j], ' ');
      if (pad === padStart) line += padStart(output[last], columnWidths[last - i] + output[last].length - lengths[last] - 2, ' ');
      else line += output[last];
      lines[lines.length] = line;
    }
    if (hasMore) lines[lines.length] = output[count];
    return lines;
  }

  function fitsOnLine(ctx, output, start, base) {
    if (major >= 24 && ctx.breakLength === Infinity) {
      if (base !== '' && includes(base, '\n')) return false;
      for (let i = 0; i < output.length; i++) if (includes(output[i], '\n')) return false;
      return true;
    }
    let total = output.length + start;
    if (total + output.length > ctx.breakLength) return false;
    for (let i = 0; i < output.length; i++) {
      total += output[i].length;
      if (total > ctx.breakLength) return false;
    }
    return base === '' || !includes(base, '\n');
  }

  function layOut(ctx, output, base, braces, kind, depth, value) {
    const before = base ? `${base} ` : '';
    if (ctx.compact === true) {
      if (fitsOnLine(ctx, output, 0, base)) return `${braces[0]}${base ? ` ${base}` : ''} ${join(output, ', ')} ${braces[1]}`;
      const indent = repeat(' ', ctx.indent);
      const opening = base === '' && braces[0].length === 1 ? ' ' : `${base ? ` ${base}` : ''}\n${indent}  `;
      return `${braces[0]}${opening}${join(output, `,\n${indent}  `)} ${braces[1]}`;
    }
    if (typeof ctx.compact === 'number' && ctx.compact >= 1) {
      const entries = output.length;
      if (kind === 'array' && entries > 6) output = grouped(ctx, output, value);
      // the innermost levels go on one line when they fit
      if (ctx.currentDepth - depth < ctx.compact && entries === output.length) {
        const start = output.length + ctx.indent + braces[0].length + base.length + 10;
        if (fitsOnLine(ctx, output, start, base)) {
          const joined = join(output, ', ');
          if (!includes(joined, '\n')) return `${before}${braces[0]} ${joined} ${braces[1]}`;
        }
      }
    }
    const indent = `\n${repeat(' ', ctx.indent)}`;
    return `${before}${braces[0]}${indent}  ${join(output, `,${indent}  `)}${indent}${braces[1]}`;
  }

  // ---- entry points ----

  const defaults = {
    showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100, maxStringLength: 10000,
    breakLength: 80, compact: 3, sorted: false, getters: false, numericSeparator: false,
  };

  function inspect(value, options) {
    const ctx = { ...defaults, stylize, indent: 0, seen: [], currentDepth: 0, circular: undefined, userOptions: undefined };
    if (arguments.length > 2) {
      if (arguments[2] !== undefined) ctx.depth = arguments[2];
      if (arguments[3] !== undefined) ctx.colors = arguments[3];
    }
    if (typeof options === 'boolean') {
      ctx.showHidden = options;
    } else if (options) {
      const keys = objectKeys(options);
      for (let i = 0; i < keys.length; i++) {
        if (hasOwn(defaults, keys[i]) || keys[i] === 'stylize') ctx[keys[i]] = options[keys[i]];
        else ctx.userOptions ??= options;
      }
    }
    if (ctx.colors || ctx.sorted || ctx.getters || ctx.numericSeparator) {
      host.outside('util.inspect with colors, sorted, getters or numericSeparator');
    }
    if (ctx.maxArrayLength === null) ctx.maxArrayLength = Infinity;
    if (ctx.maxStringLength === null) ctx.maxStringLength = Infinity;
    return formatValue(ctx, value, 0);
  }
  inspect.custom = custom;

  // whether an object's text comes from the language and not from the program
  function hasBuiltInToString(value) {
    for (let parts, first = true; (first || major >= 26) && (parts = proxyParts(value)) !== undefined; first = false) {
      if (parts[0] === null) return true;
      value = parts[0];
    }
    const byPrimitive = major >= 20;
    let text = true, primitive = byPrimitive;
    if (typeof value.toString !== 'function') {
      if (!byPrimitive || typeof value[toPrimitive] !== 'function') return true;
      if (hasOwn(value, toPrimitive)) return false;
      text = false;
    } else if (hasOwn(value, 'toString')) {
      return false;
    } else if (byPrimitive) {
      if (typeof value[toPrimitive] !== 'function') primitive = false;
      else if (hasOwn(value, toPrimitive)) return false;
    }
    let at = value;
    // a side that is not asked counts as found nowhere
    do at = getPrototypeOf(at); while (!(text && hasOwn(at, 'toString')) && !(primitive && hasOwn(at, toPrimitive)));
    const own = ownDescriptor(at, 'constructor');
    return own !== undefined && typeof own.value === 'function' && isBuiltInName(own.value.name);
  }

  const firstLine = (error) => split(error.message, '\n', 1)[0];
  let circularMessage;
  function jsonOf(value) {
    try {
      return stringify(value);
    } catch (error) {
      if (circularMessage === undefined) {
        const circle = {};
        circle.circle = circle;
        try { stringify(circle); } catch (circular) { circularMessage = firstLine(circular); }
      }
      if (error.name === 'TypeError' && firstLine(error) === circularMessage) return '[Circular]';
      throw error;
    }
  }

  const numeric = (value, convert) => (typeof value === 'symbol' ? 'NaN' : formatNumber(convert(value)));
  const directives = {
    s(value) {
      if (typeof value === 'number') return formatNumber(value);
      if (typeof value === 'bigint') return `${value}n`;
      if (typeof value !== 'object' || value === null || !hasBuiltInToString(value)) return String(value);
      return inspect(value, { compact: 3, colors: false, depth: 0 });
    },
    j: jsonOf,
    d: (value) => (typeof value === 'bigint' ? `${value}n` : numeric(value, Number)),
    i: (value) => (typeof value === 'bigint' ? `${value}n` : numeric(value, toInteger)),
    f: (value) => numeric(value, toFloat),
    O: (value) => inspect(value),
    o: (value) => inspect(value, { showHidden: true, showProxy: true, depth: 4 }),
    c: () => '',
  };

  function format(args) {
    const first = args[0];
    let next = 0, out = '', separator = '';
    if (typeof first === 'string') {
      if (args.length === 1) return first;
      let last = 0;
      for (let i = 0; i < first.length - 1; i++) {
        if (first[i] !== '%') continue;
        const letter = first[++i];
        if (letter === '%') {
          out += slice(first, last, i);
          last = i + 1;
        } else if (next + 1 !== args.length && hasOwn(directives, letter)) {
          const shown = directives[letter](args[++next]);
          if (last !== i - 1) out += slice(first, last, i - 1);
          out += shown;
          last = i + 1;
        }
      }
      if (last !== 0) {
        next++;
        separator = ' ';
        if (last < first.length) out += slice(first, last);
      }
    }
    for (; next < args.length; next++) {
      out += separator + (typeof args[next] === 'string' ? args[next] : inspect(args[next]));
      separator = ' ';
    }
    return out;
  }

  return { inspect, format };
})
