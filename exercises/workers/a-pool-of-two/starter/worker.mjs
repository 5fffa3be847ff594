import { parentPort } from 'node:worker_threads'
import { count } from './count.cjs'

parentPort.on('message', (number) => parentPort.postMessage(count(0, number)))
