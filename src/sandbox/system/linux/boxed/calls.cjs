// Tells whoever watches the program that it is about to call one of these functions: by a call to the system that means
// nothing else.
'use strict'
{
  // A child that runs the same is told nothing.
  const patterns = (process.env.TICKMARK_CALLS ?? '').split(' ').filter((pattern) => pattern !== '')
  delete process.env.TICKMARK_CALLS
  const { setPriority } = require('node:os')
  const { isMainThread } = require('node:worker_threads')
  const { syncBuiltinESMExports } = require('node:module')
  const { fileURLToPath } = require('node:url')
  const { apply, construct } = Reflect

  // In a realm of its own, where the program cannot forbid to look who calls.
  const { callers } = require('node:vm').runInNewContext(`
    Error.stackTraceLimit = 50
    Error.prepareStackTrace = (_, frames) => frames.map((frame) => ({
      file: frame.getFileName() ?? '',
      line: frame.getLineNumber() ?? 0,
      isMade: frame.getEvalOrigin() !== undefined,
    }))
    Object.freeze(Error)
    ;({
      callers(of) {
        try {
          const seen = new Error()
          Error.captureStackTrace(seen, of)
          return seen.stack
        } catch {
          return []
        }
      },
    })
  `)

  // Of Node's inner modules those that call what they are given; the others call for themselves.
  const calledThrough = [
    'node:internal/async_', 'node:internal/timers', 'node:internal/process/task_queues', 'node:internal/util',
    'node:internal/streams/', 'node:internal/event_target', 'node:internal/child_process', 'node:internal/readline/',
    'node:internal/stream_base_commons', 'node:internal/process/promises',
  ]
  const startsWith = (text, start) => {
    for (let at = 0; at < start.length; at++) if (text[at] !== start[at]) return false
    return true
  }

  const somewhere = { file: '', line: 0 }

  /** Where the program calls it; nothing where Node does so for itself, as when it loads a module. */
  const place = (of) => {
    const frames = callers(of)
    for (let at = 0; at < frames.length; at++) {
      const { file, line, isMade } = frames[at]
      if (isMade) return somewhere
      if (file === '') continue
      // Who loads a module in place of the program is none of it.
      if (file === '/node/module.cjs') return undefined
      if (!startsWith(file, 'node:')) return { file, line }
      let isCalledThrough = !startsWith(file, 'node:internal/')
      for (let known = 0; known < calledThrough.length; known++) {
        isCalledThrough ||= startsWith(file, calledThrough[known])
      }
      if (!isCalledThrough) return undefined
    }
    return somewhere
  }

  /** Whether more is to be said. What cannot be said is not done either. */
  const send = (kind, payload) => {
    try {
      setPriority(0x40000000 + kind * 0x1000000 + payload, 0)
      return true
    } catch (error) {
      if (error?.code === 'ERR_SYSTEM_ERROR') return false
      throw error
    }
  }
  const charCodeAt = String.prototype.charCodeAt
  const say = (text) => {
    const most = text.length < 300 ? text.length : 300
    for (let at = 0; at < most; at++) send(1, apply(charCodeAt, text, [at]))
  }

  // Whose call was told need not tell what Node calls for it.
  let isTold = false

  const tell = (indexes, name, of) => {
    if (isTold) return
    const called = place(of)
    if (called === undefined) return
    for (let at = 0; at < indexes.length; at++) {
      if (!send(0, indexes[at])) continue
      try {
        const file = startsWith(called.file, 'file:') ? fileURLToPath(called.file) : called.file
        say(name + '\n' + file + '\n' + called.line)
        send(2, 0)
      } catch {
        // It counts without words too.
      }
    }
  }

  const wrapped = (indexes, name, original) => {
    return function watched(...args) {
      tell(indexes, name, watched)
      const before = isTold
      isTold = true
      try {
        return new.target ? construct(original, args, new.target) : apply(original, this, args)
      } finally {
        isTold = before
      }
    }
  }
  const watched = (indexes, name, original) => {
    const properties = Object.getOwnPropertyDescriptors(original)
    for (const key of Reflect.ownKeys(properties)) {
      const { value } = properties[key]
      // `realpathSync.native`, and what `promisify` finds.
      if (typeof value === 'function') properties[key].value = wrapped(indexes, name, value)
    }
    return Object.defineProperties(wrapped(indexes, name, original), properties)
  }

  if (isMainThread && patterns.length > 0) {
    const functions = new Map()
    const add = (index, module, key, object) => {
      const name = `${module}.${key}`
      const known = functions.get(name) ?? { object, key, indexes: [] }
      known.indexes.push(index)
      functions.set(name, known)
    }
    patterns.forEach((pattern, index) => {
      const dot = pattern.lastIndexOf('.')
      const [module, wanted] = [pattern.slice(0, dot), pattern.slice(dot + 1)]
      const fits = (key) => (wanted.startsWith('*') ? key.endsWith(wanted.slice(1)) : key === wanted)
      const object = require(`node:${module}`)
      const properties = Object.entries(Object.getOwnPropertyDescriptors(object))
      const found = properties.filter(([key, { value, writable }]) => {
        return fits(key) && typeof value === 'function' && writable
      })
      for (const [key] of found) add(index, module, key, object)
      if (found.length === 0) send(3, index)
      // A way to the same functions under other names.
      add(index, 'process', 'binding', process)
    })
    for (const [name, { object, key, indexes }] of functions) object[key] = watched(indexes, name, object[key])
    syncBuiltinESMExports()
    send(4, 0)
  }
}
