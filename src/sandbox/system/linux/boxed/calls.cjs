// Tells whoever watches the program that it is about to call one of these functions: by a call to the system that means
// nothing else. Nothing that the program can reach is needed for it.
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

  // In a realm of its own nobody can forbid to look who calls.
  const { callers } = require('node:vm').runInNewContext(`
    Error.stackTraceLimit = 50
    Error.prepareStackTrace = (_, frames) => {
      return frames.map((frame) => ({ file: frame.getFileName() ?? '', line: frame.getLineNumber() ?? 0 }))
    }
    ;({
      callers(of) {
        const seen = new Error()
        Error.captureStackTrace(seen, of)
        return seen.stack
      },
    })
  `)

  // Node's own modules that call what they are given.
  const calledThrough = [
    'node:async_hooks', 'node:internal/async_', 'node:diagnostics_channel', 'node:domain', 'node:events', 'node:timers',
    'node:internal/timers', 'node:internal/process/task_queues', 'node:util', 'node:internal/util', 'node:internal/streams/',
  ]

  /** Where the program calls it; nothing where Node does for itself, as when it loads a module. */
  const place = (of) => {
    const frames = callers(of)
    for (let at = 0; at < frames.length; at++) {
      const { file, line } = frames[at]
      if (file === '') continue
      if (!startsWith(file, 'node:')) return { file, line }
      let through = false
      for (let known = 0; known < calledThrough.length; known++) through ||= startsWith(file, calledThrough[known])
      if (!through) return undefined
    }
    return { file: '', line: 0 }
  }
  const startsWith = (text, start) => {
    for (let at = 0; at < start.length; at++) if (text[at] !== start[at]) return false
    return true
  }

  const send = (kind, payload) => {
    try {
      setPriority(0x40000000 + kind * 0x1000000 + payload, 0)
    } catch {
      // Nobody listens any more.
    }
  }
  const sayText = (text) => {
    const most = text.length < 300 ? text.length : 300
    for (let at = 0; at < most; at++) send(1, charCode(text, at))
  }
  const charCodeAt = String.prototype.charCodeAt
  const charCode = (text, at) => apply(charCodeAt, text, [at])

  const watch = (index, name, object, key) => {
    const original = object[key]
    function watched(...args) {
      const called = place(watched)
      if (called !== undefined) {
        send(0, index)
        try {
          const file = startsWith(called.file, 'file:') ? fileURLToPath(called.file) : called.file
          sayText(name + '\n' + file + '\n' + called.line)
          send(2, 0)
        } catch {
          // It counts without words too.
        }
      }
      return new.target ? construct(original, args, new.target) : apply(original, this, args)
    }
    Object.defineProperties(watched, Object.getOwnPropertyDescriptors(original))
    object[key] = watched
  }

  if (isMainThread && patterns.length > 0) {
    patterns.forEach((pattern, index) => {
      const dot = pattern.lastIndexOf('.')
      const [module, wanted] = [pattern.slice(0, dot), pattern.slice(dot + 1)]
      const object = require(`node:${module}`)
      const fits = (key) => (wanted.startsWith('*') ? key.endsWith(wanted.slice(1)) : key === wanted)
      for (const key of Object.keys(object)) {
        if (fits(key) && typeof object[key] === 'function') watch(index, `${module}.${key}`, object, key)
      }
    })
    // A way to the same functions under other names.
    watch(0, 'process.binding', process, 'binding')
    syncBuiltinESMExports()
  }
}
