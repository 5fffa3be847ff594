// Tries to open doors of the package, with import and with require.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

async function door(load) {
  try {
    await load()
    return 'open'
  } catch (error) {
    if (error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return 'closed'
    return error.code ?? String(error)
  }
}

for (const path of process.argv.slice(2)) {
  const imported = await door(() => import(path))
  const required = await door(() => require(path))
  const both = imported === required
  console.log(`${path} is ${both ? imported : `${imported} for import and ${required} for require`}`)
}
