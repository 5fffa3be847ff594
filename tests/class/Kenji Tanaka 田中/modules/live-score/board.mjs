export let score = 0

export function goal() {
  score += 1
}

export function reset() {
  score = 0
}
