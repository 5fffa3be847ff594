// `import()`: Node's loader of modules, await for await as its own JavaScript has it, since a program can count the turns
// that it takes. Sources: `lib/internal/modules/esm/{utils,loader,module_job,load,translators}.js` of each Node.
//
// Up to Node 20 an ES module's file is read in the poll phase; from 22 on, at once. Up to Node 22 each module that another
// imports is a promise; from 24 on, a graph is linked in one go.
(function (host, part, shared) {
  'use strict';
  const { major } = host;
  const { apply, coded, Errors, evaluateEsm, known, meets, namespaces, NativePromise, ofTheEngine, outside, task, then, waiting } = shared;
  const path = part('path');
  const settled = NativePromise.resolve();
  const after = (promise, done, failed) => apply(then, promise, [done, failed]);

  /// Settles when all of them did, as Node's own `SafePromiseAllReturnArrayLike` and `SafePromiseAllReturnVoid`.
  const all = (values, map = (value) => value) =>
    new NativePromise((resolve, reject) => {
      const results = [];
      let left = values.length;
      if (left === 0) resolve(results);
      for (let at = 0; at < values.length; at += 1) {
        after(NativePromise.resolve(map(values[at])), (result) => {
          results[at] = result;
          left -= 1;
          if (left === 0) resolve(results);
        }, reject);
      }
    });

  // --- one module

  /// Where the name leads from the file; throws where it leads nowhere.
  const resolve = (from, [name, type]) => {
    const found = host.findImported(from, name, type);
    shared.notWritten(found?.url);
    return found ?? missing(from, name);
  };
  const missing = (from, name) => {
    const isPath = /^\.{0,2}\//.test(name) || name === '.' || name === '..';
    const whole = path.resolve(path.dirname(from), name);
    const what = isPath ? `module '${whole}'` : `package '${name}'`;
    const error = coded(Errors.Error, 'ERR_MODULE_NOT_FOUND', `Cannot find ${what} imported from ${from}`);
    if (isPath) {
      // Node 18 has it before the code.
      if (major < 20) delete error.code;
      error.url = `file://${whole}`;
      error.code = 'ERR_MODULE_NOT_FOUND';
    }
    throw error;
  };
  /// The module at the address, compiled.
  const translated = (found) => {
    try {
      return { url: found.url, requests: host.declareImported(found.url) };
    } catch {
      return outside('syntax that the engine does not take');
    }
  };
  const read = async (found) => {
    await new NativePromise((done) => host.operation(task(done, `a module read: ${found.url.slice(host.root.length + 1)}`), 'read'));
  };

  // What loading is, by version.
  const isRead = (found) => found.kind === 'esm' || found.kind === 'json' || (found.kind === 'commonjs' && major >= 20 && !found.isNamed);
  const load18 = async (found) => {
    if (found.kind === 'builtin' && !found.isNamed) await undefined;
    if (isRead(found)) await read(found);
  };
  const translate18 = async (found) => {
    if (found.kind === 'commonjs' && !host.isBridgeReady()) outside('`import()` of a CommonJS module on Node 18');
    return translated(found);
  };
  const provided18 = async (found) => {
    await (async () => {
      await load18(found);
    })();
    return found.kind === 'json' ? translated(found) : translate18(found);
  };
  const load20 = async (found) => {
    if (isRead(found)) {
      await read(found);
      if (!found.isNamed) await undefined;
    }
  };
  const provided20 = async (found) => {
    await (async () => load20(found))();
    return translated(found);
  };
  const provided = major < 20 ? provided18 : major < 22 ? provided20 : translated;

  // --- its job

  const jobs = new Map();
  const jobAt = (found) => {
    if (!jobs.has(found.url)) jobs.set(found.url, new Job(found, provided(found)));
    return jobs.get(found.url);
  };
  /// Up to Node 22, a promise of the job; later the job.
  const jobOf = major < 24 ? async (from, request) => jobAt(await resolve(from, request)) : (from, request) => jobAt(resolve(from, request));

  class Job {
    constructor({ url, kind }, module) {
      this.url = url;
      this.kind = kind;
      this.instantiated = undefined;
      if (major >= 24) {
        this.linked = this.linkedNow(module);
      } else {
        this.modulePromise = major < 22 ? module : NativePromise.resolve(module);
        this.linked = major < 20 ? this.linked18() : this.linked20();
        after(this.linked, undefined, () => {});
      }
    }
    async linked18() {
      const { requests } = await this.modulePromise;
      const dependencies = [];
      const modules = requests.map(async (request) => {
        const job = await jobOf(this.url, request);
        dependencies.push(job);
        return job.modulePromise;
      });
      await all(modules);
      return all(dependencies);
    }
    async linked20() {
      const { requests } = await this.modulePromise;
      const dependencies = [];
      await all(requests.map((request, at) =>
        after(jobOf(this.url, request), (job) => {
          dependencies[at] = job;
          return job.modulePromise;
        })));
      return dependencies;
    }
    linkedNow({ requests }) {
      const wasThere = jobs.has(this.url);
      jobs.set(this.url, this);
      try {
        return requests.map((request) => jobOf(this.url, request));
      } finally {
        if (!wasThere) jobs.delete(this.url);
      }
    }
    async instantiate() {
      const graph = new Set();
      const add = async (job) => {
        if (graph.has(job)) return undefined;
        graph.add(job);
        const dependencies = major < 24 ? await job.linked : job.linked;
        return all(dependencies, add);
      };
      await add(this);
      for (const job of graph) job.instantiated = settled;
    }
    async run() {
      this.instantiated ??= this.instantiate();
      await this.instantiated;
      await evaluated(this);
    }
  }

  const globals = ['require', 'exports', 'module', '__filename', '__dirname'];
  // The promise of each ES module that was evaluated for itself, which is the same each time.
  const evaluations = new Map();
  const evaluated = ({ url, kind }) => {
    if (evaluations.has(url)) return evaluations.get(url);
    if (meets(url, waiting)) outside('`import()` of a module that waits at its top level, or did, once more');
    const isFirst = !known.has(url);
    let promise;
    try {
      promise = evaluateEsm(url, () => host.evaluateImported(url));
    } catch (error) {
      promise = NativePromise.reject(error);
    }
    if (kind !== 'esm') {
      // What is no ES module throws at once.
      const [state, reason] = host.promiseState(promise);
      after(promise, undefined, () => {});
      if (state === 'rejected' && !isFirst) outside('`import()` once more of what has thrown');
      if (state === 'rejected') throw reason;
    } else {
      evaluations.set(url, promise);
    }
    after(promise, undefined, (error) => {
      if (!ofTheEngine.has(error)) return;
      if (error instanceof Errors.SyntaxError) outside('a name that a module imports and another does not export');
      const said = ofTheEngine.get(error);
      const missing = globals.find((name) => said === `${name} is not defined`);
      if (missing === undefined) return;
      if (url.endsWith('.js')) outside('a CommonJS name in an ES module called `.js`');
      shared.hidden(error, 'message', `${said} in ES module scope${missing === 'require' ? ', you can use import instead' : ''}`);
    });
    return promise;
  };

  /// What `require` loaded: evaluated, or failed, before `import()` saw it.
  class RequiredJob {
    constructor(url) {
      this.url = url;
      this.modulePromise = settled;
      this.failure = undefined;
    }
    async run() {
      if (this.failure !== undefined) throw this.failure.reason;
    }
  }

  /// A job for each module that was compiled before the first `import()`, or that `require` compiled since.
  const adopt = (url, kind) => {
    if (jobs.has(url)) return jobs.get(url);
    const job = host.isRequired(url) ? new RequiredJob(url) : Object.create(Job.prototype);
    jobs.set(url, job);
    job.url = url;
    job.kind = kind;
    job.modulePromise = settled;
    job.instantiated = settled;
    const dependencies = host.declareImported(url).map((request) => {
      const found = resolve(url, request);
      return adopt(found.url, found.kind);
    });
    job.linked = major < 24 ? NativePromise.resolve(dependencies) : dependencies;
    return job;
  };
  for (const url of host.declared()) adopt(url, host.isBridged(url) ? 'commonjs' : 'esm');

  // --- the call

  // How many have been asked for and are not evaluated.
  let onTheirWay = 0;
  const imported = async (from, request) => {
    onTheirWay += 1;
    try {
      const job = await jobOf(from, request);
      await job.run();
      if (host.hidesNames(job.url)) outside('the names that a CommonJS module exports in an unusual way');
      if (!namespaces.has(job.url)) host.evaluateImported(job.url);
      return namespaces.get(job.url);
    } finally {
      onTheirWay -= 1;
    }
  };
  // Node's functions around it, each of which hands its promise on.
  const handed = async (from, request) => imported(from, request);
  const twice = async (from, request) => handed(from, request);
  // The function that Node 18 compiles a CommonJS module with waits for it as well.
  const waited = async (from, request) => {
    const namespace = await handed(from, request);
    return namespace;
  };
  const thrice = async (from, request) => waited(from, request);
  const called = (isCommonJs) => (major === 20 ? handed : major < 20 && isCommonJs ? thrice : twice);

  return {
    isBusy: () => onTheirWay > 0,
    /// `import(name, options)` in the file.
    called: (from, isCommonJs, args) => {
      const [name, options] = args;
      if (args.length === 0) outside('syntax that the engine does not take');
      const { with: attributes, ...others } = options ?? {};
      const isKnown = options === undefined || (typeof options === 'object' && options !== null && Object.keys(others).length === 0);
      const isTyped = attributes === undefined || (typeof attributes === 'object' && attributes !== null && Object.keys(attributes).join() === 'type');
      if (!isKnown || !isTyped) outside('other options of `import()` than its type');
      let request;
      try {
        request = [`${name}`, attributes?.type];
      } catch (error) {
        return NativePromise.reject(error);
      }
      const promise = called(isCommonJs)(from, request);
      // From Node 20 on, what the program gets is one turn behind that promise.
      return major < 20 ? promise : after(promise);
    },
    /// `require` has evaluated the ES module, or failed to.
    required: (url, failure) => {
      const job = adopt(url, 'esm');
      if (!(job instanceof RequiredJob)) return;
      job.failure = failure;
    },
  };
});
