On a process that leaks the first lines name the leaked classes and what they pile up in.
--- use leaky_py310_2.json.gz
--- use leaky_py27_2.json.gz
--- use leaky_py310_0.json.gz
--- cmd
memsee -q suspects leaky_py310_2.json.gz > report.md && sed -n 3p report.md
memsee -q suspects leaky_py27_2.json.gz > report.md && sed -n 3p report.md
memsee -q suspects leaky_py310_0.json.gz > report.md && sed -n 3p report.md
--- stdout
Suspects: 1,100 LogRecord under one list of MemoryHandler, 636,900 bytes, 10.9 % of the heap; 220 dict with UploadHandler under one list of Registry, 578,270 bytes, 9.9 % of the heap; 330 function with LeakedSession under one list of the main module, 219,291 bytes, 3.7 % of the heap.
Suspects: 1,100 LogRecord under one list of MemoryHandler, 1,476,200 bytes, 26.7 % of the heap; 220 dict with UploadHandler under one list of Registry, 639,854 bytes, 11.6 % of the heap; 330 function with LeakedSession under one list, 248,064 bytes, 4.5 % of the heap.
Suspects: nothing stands out.
