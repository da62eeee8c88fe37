A report about a type that no object has is an error with the type that was meant, not an empty report.
--- use leaky_py310_0.json.gz
--- cmd
memsee -q types -D type=UplodHandler leaky_py310_0.json.gz
--- stderr
memsee types: no object of type UplodHandler; did you mean UploadHandler?
--- status 2
--- cmd
memsee -q types -D type=Zebra leaky_py310_0.json.gz
--- stderr
memsee types: no object of type Zebra
--- status 2
--- cmd
memsee -q -f csv -e 'read leaky_py310_0.json.gz' "select known_type('Registry') type, known_type(null) missing, known_type(3) number"
--- stdout
type,missing,number
Registry,,
