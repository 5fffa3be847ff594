export let score = 0
