// Loads a module, as somebody who wants to use it would, and tells whoever watches the program what it gives: by a call to
// the system that means nothing else, and with a key that nobody else knows.
'use strict'
{
  const asked = JSON.parse(process.env.TICKMARK_MODULE)
  delete process.env.TICKMARK_MODULE
  const { setPriority } = require('node:os')
  const { createRequire, Module } = require('node:module')
  const { webcrypto } = require('node:crypto')
  const { isModuleNamespaceObject, isPromise } = require('node:util').types
  const { apply } = Reflect
  const { then } = Promise.prototype
  const { getActiveResourcesInfo } = process
  const later = setImmediate

  // In a realm of its own, where nothing is what the program has made of it, and of which it is never given anything: no
  // object goes out, and no error.
  const look = require('node:vm').runInNewContext(String.raw`
    'use strict'
    Error.prepareStackTrace = () => ''
    Object.freeze(Error)
    ;(isModuleNamespace, isPromise, roots) => {
      const most = { names: 200, name: 100, value: 1000, values: 4000, left: 20 }
      const ends = new Set(roots)

      const isClass = (value) => /^class\b/.test(Reflect.apply(Function.prototype.toString, value, []))
      const kind = (value) => {
        if (value === null) return 'null'
        if (typeof value === 'function') return isClass(value) ? 'class' : 'function'
        if (typeof value !== 'object') return typeof value
        if (Array.isArray(value)) return 'array'
        return isPromise(value) ? 'promise' : 'object'
      }
      const isBare = (value) => value === null || (typeof value !== 'object' && typeof value !== 'function')

      // What it has of its own or by its class, but not what every object has.
      const namesOf = (value) => {
        const names = new Set()
        let from = isBare(value) ? null : value
        try {
          for (let up = 0; from !== null && !ends.has(from) && up < 20; up++) {
            for (const name of Reflect.ownKeys(from)) if (typeof name === 'string') names.add(name)
            from = Object.getPrototypeOf(from)
          }
        } catch {
          // A proxy does not want to be looked at.
        }
        return [...names].slice(0, most.names)
      }
      const isBeyond = new Set(['function', 'class', 'promise', 'bigint', 'symbol', 'undefined'])
      const json = (value, kind) => {
        if (isBeyond.has(kind) || (kind === 'number' && !Number.isFinite(value))) return null
        try {
          const text = JSON.stringify(value)
          return typeof text === 'string' && text.length <= most.value ? text : null
        } catch {
          return null
        }
      }
      const found = (value, name) => {
        try {
          const there = value[name]
          return { value: there, kind: kind(there) }
        } catch {
          return { kind: 'throws' }
        }
      }

      const sides = new Map()
      const see = (side, value) => {
        // Whatever a promise of the import has been made to give, a module has nothing else.
        const names = side === 'import' && !isModuleNamespace(value) ? [] : namesOf(value)
        const exports = new Map(names.map((name) => [name, found(value, name)]))
        let room = most.values
        for (const one of exports.values()) {
          const text = 'value' in one ? json(one.value, one.kind) : null
          room -= text?.length ?? 0
          one.json = room < 0 ? null : text
        }
        sides.set(side, { ...found({ value }, 'value'), exports })
      }
      const left = []
      const leave = (name) => left.length < most.left && left.push(String(name))

      // Halves of a pair that stand alone are no text.
      const said = (name) => name.slice(0, most.name).replace(/[\ud800-\udfff]/gu, '\ufffd')
      const told = (side) => {
        if (side === undefined) return null
        const names = [...side.exports].map(([name, { kind, json }]) => ({ name: said(name), kind, json }))
        return { kind: side.kind, names }
      }
      const together = (required, imported) => {
        if (required === undefined || imported === undefined) return { is_same: false, same: [] }
        const isSame = (name) => {
          const [one, other] = [required, imported].map((side) => side.exports.get(name))
          return one !== undefined && other !== undefined && other.kind !== 'throws' && Object.is(one.value, other.value)
        }
        const names = [...imported.exports.keys()]
        const wholes = [imported.value, imported.exports.get('default')?.value]
        const isOne = wholes.includes(required.value) || (isModuleNamespace(required.value) && names.every(isSame))
        return { is_same: isOne, same: names.filter(isSame).map(said) }
      }
      const statement = () => {
        const [required, imported] = ['require', 'import'].map((side) => sides.get(side))
        const all = {
          required: told(required),
          imported: told(imported),
          ...together(required, imported),
          left,
        }
        const escaped = (unit) => '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0')
        return JSON.stringify(all).replace(/[^\x20-\x7e]/g, escaped)
      }
      // Three letters in each call.
      const pieces = () => {
        const text = statement()
        const pieces = []
        for (let at = 0; at < text.length; at += 3) {
          const letter = (of) => (at + of < text.length ? text.charCodeAt(at + of) : 0)
          pieces.push((letter(0) << 16) | (letter(1) << 8) | letter(2))
        }
        return pieces
      }
      return { see, leave, pieces }
    }
  `)(isModuleNamespaceObject, isPromise, [Object.prototype, Function.prototype, Array.prototype])

  // Node's own loader asks for it too, and would believe another.
  Object.defineProperty(Promise.prototype, 'then', { writable: false, configurable: false })

  const key = apply(webcrypto.getRandomValues, webcrypto, [new Uint32Array(1)])[0] % 0x1000000
  const send = (kind, payload) => {
    try {
      setPriority(0x40000000 + kind * 0x1000000 + payload, 0)
    } catch {
      // Where nobody hears it, nothing is judged.
    }
  }
  // Whoever says it first is believed from now on, and no program of anybody else has run yet.
  send(8, key)

  const see = (side, value) => {
    look.see(side, value)
    const left = apply(getActiveResourcesInfo, process, [])
    for (let at = 0; at < left.length; at++) look.leave(left[at])
  }
  const tell = () => {
    try {
      const pieces = look.pieces()
      send(8, key)
      for (let at = 0; at < pieces.length; at++) send(9, pieces[at])
      send(10, 0)
    } catch {
      // The program has called it itself, where there is no room.
    }
  }

  // As if a file in the entry's place asked for it.
  const place = `${process.cwd()}/${asked.entry}`
  const asker = new Module(place)
  asker.filename = place
  asker._compile('module.exports = (specifier) => import(specifier)', place)
  const importIt = asker.exports
  const requireIt = createRequire(place)

  if (asked.require) see('require', requireIt(asked.specifier))
  // A turn of its loop later: what ends the program at once has ended it by then.
  if (asked.import) {
    apply(then, importIt(asked.specifier), [
      (namespace) => {
        see('import', namespace)
        later(tell)
      },
    ])
  } else {
    later(tell)
  }
}
