// memory; outside: memory
const kept = []
for (;;) {
  const memory = new WebAssembly.Memory({ initial: 160 })
  kept.push(new Uint8Array(memory.buffer).fill(1))
}
