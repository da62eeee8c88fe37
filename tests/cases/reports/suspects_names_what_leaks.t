On a process that leaks the first line names the leaked classes, how many, and the place of the program that keeps them.
--- use leaky_py310_2.json.gz
--- use leaky_py27_2.json.gz
--- use leaky_py310_0.json.gz
--- cmd
memsee -q suspects leaky_py310_2.json.gz > report.md && sed -n 3p report.md
memsee -q suspects leaky_py27_2.json.gz > report.md && sed -n 3p report.md
memsee -q suspects leaky_py310_0.json.gz > report.md && sed -n 3p report.md
--- stdout
Suspects: `1,100 LogRecord in __main__.<MemoryHandler>.<list>, the list of class MemoryHandler (module logging.handlers), 11.0 % of the heap, 645,989 bytes; smaller: 220 UploadHandler of 220 dict in __main__.<Registry>.entries?, the .entries? of class Registry (module __main__), 9.9 % of the heap, 580,182 bytes; 330 LeakedSession of 330 function in __main__.<list>, 3.8 % of the heap, 222,486 bytes`.
Suspects: `1,100 LogRecord in __main__.LOG_BUFFER.buffer, the .buffer of class MemoryHandler (module logging.handlers), 26.9 % of the heap, 1,485,958 bytes; 220 UploadHandler of 220 dict in __main__.REGISTRY.entries?, the .entries? of class Registry (module __main__), 11.6 % of the heap, 641,922 bytes; smaller: 330 LeakedSession of 330 function in __main__.AFTER_REQUEST, 4.5 % of the heap, 251,187 bytes`.
Suspects: nothing stands out.
