Classes that nothing refers to are garbage when the collector is off, though a class is in a cycle of its own with its tuple of bases. In a dump that does not say what C code holds, one that has methods is known to be Python's.
--- use verdicts/deadclass-310_a.json.gz as dead.json.gz
--- cmd
memsee -q -f csv -e "read dead.json.gz" garbage | grep "^type\|^function"
--- stdout
type,objects,bytes,example
type,100,107200,93838131076512
function,50,7200,140621850239344
