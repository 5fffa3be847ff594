import { parentPort, workerData } from 'node:worker_threads'
import { count } from './count.cjs'

parentPort.postMessage(count(0, workerData))
