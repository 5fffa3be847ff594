import { parentPort, workerData } from 'node:worker_threads'
import { bake } from './bake.cjs'

parentPort.postMessage(bake(workerData))
