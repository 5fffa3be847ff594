// wall-time; outside: wall-time
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
