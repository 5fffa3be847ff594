import { parentPort, workerData } from 'node:worker_threads'
import { blur } from './blur.cjs'

blur(workerData)
parentPort.postMessage(workerData, [workerData.pixels.buffer])
