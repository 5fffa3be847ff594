// A bakery: it gives each order to your `heavy` and answers three requests before the oven gets hot.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const here = (name) => new URL(name, import.meta.url)
const entry =
  process.env.TICKMARK_ENTRY ?? ['./main.mjs', './main.cjs', './main.js'].find((name) => existsSync(here(name)))

globalThis.isTheBakery = true
rmSync(here('oven.hot'), { force: true })

const orders = readFileSync(0, 'utf8').split('\n').filter(Boolean)
const loaded = await import(entry)
const heavy = loaded.heavy ?? loaded.default?.heavy
if (typeof heavy !== 'function') throw new Error('main exports no function heavy')

async function take(order) {
  try {
    console.log(`${order}: ${await heavy(order)}`)
  } catch (error) {
    console.log(`${order}: ${error.message}`)
  }
}

function answer(request) {
  console.log(`request ${request}`)
  if (request < 3) setImmediate(answer, request + 1)
  else writeFileSync(here('oven.hot'), '')
}

process.on('exit', () => console.log('the bakery closes'))
orders.forEach(take)
console.log('the orders are taken')
setImmediate(answer, 1)
