export const score = 0

export function goal() {}

export function reset() {}
