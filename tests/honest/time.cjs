console.log(new Date(0).toString(), new Date(0).toLocaleDateString('de'), Intl.DateTimeFormat().resolvedOptions().timeZone)
console.log(new Intl.NumberFormat().format(1234.5), 'ä'.localeCompare('z', 'de'))
