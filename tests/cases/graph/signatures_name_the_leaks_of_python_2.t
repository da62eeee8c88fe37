Python 2 dicts tell their keys, so the same chains have better names there.
--- use leaky_py27_2.json.gz
--- cmd
memsee -q -f csv -e 'read leaky_py27_2.json.gz' "signatures to \"type in ('UploadHandler', 'LeakedSession', 'LogRecord')\""
--- stdout
objects,bytes,signature,address
1100,70400,module __main__ .LOG_BUFFER MemoryHandler .buffer list [] LogRecord,139874450819408
330,26400,module __main__ .AFTER_REQUEST list [] function .__closure__ tuple [] cell .cell_contents LeakedSession,139874450952432
220,14080,module __main__ .REGISTRY Registry .entries list [] dict ['handler'] UploadHandler,139874450899792
