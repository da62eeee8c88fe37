The planted chains of the leaking program come out with their exact counts (truth_py310.json): registry, callbacks, log records.
--- use leaky_py310_2.json.gz
--- cmd
memsee -q -f csv -e 'read leaky_py310_2.json.gz' "signatures to \"type in ('UploadHandler', 'LeakedSession', 'LogRecord')\""
--- stdout
objects,bytes,signature,address
1100,52800,module __main__ .{} MemoryHandler .{} list [] LogRecord,140370443141520
330,21120,module __main__ .{} list [] function .__closure__ tuple [] cell .cell_contents LeakedSession,140370443125376
220,10560,module __main__ .{} Registry .entries list [] dict {} UploadHandler,140370443141616
