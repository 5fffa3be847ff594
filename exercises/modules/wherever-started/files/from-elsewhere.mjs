// Starts main as somebody does who is in another folder.
const main = new URL(process.env.TICKMARK_ENTRY, import.meta.url)

process.chdir('elsewhere')
await import(main)
