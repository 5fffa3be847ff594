import { parentPort } from 'node:worker_threads'
import { bake } from './bake.cjs'

parentPort.on('message', (order) => parentPort.postMessage(bake(order)))
