In a grid of text a path that does not fit loses its beginning: what it is about is at its end.
--- use leaky_py310_0.json.gz as 0.gz
--- use leaky_py310_1.json.gz as 1.gz
--- cmd
memsee -q -f text -e "read 0.gz 1.gz" "diff by signature top 3" "select 'こんにちは世界、' || signature signature from #0"
--- stdout
+6,335 objects (31,083, then 37,418), +681,830 bytes (4,478,696, then 5,160,526); the rows add up to that.

#        signature                                                    type                 state      count_before count_after  count_growth bytes_before bytes_after  bytes_growth
-------- ------------------------------------------------------------ -------------------- ---------- ------------ ------------ ------------ ------------ ------------ ------------
#0.0     …} Registry .entries list [] dict {} UploadHandler .{} bytes bytes                grown      20           120          100          41960        251760       209800      
#0.1     module __main__ .{} MemoryHandler .{} list [] LogRecord      LogRecord            grown      100          600          500          28000        168000       140000      
#0.2     …le __main__ .{} MemoryHandler .{} list [] LogRecord .{} str str                  grown      201          1201         1000         11960        71460        59500       
#0.3     (12951 others)                                               ∘                    ∘          30762        35497        4735         4396776      4669306      272530      
#0.4     (total)                                                      ∘                    ∘          31083        37418        6335         4478696      5160526      681830      

#        signature                                                   
-------- ------------------------------------------------------------
#1.0     …} Registry .entries list [] dict {} UploadHandler .{} bytes
#1.1     …界、module __main__ .{} MemoryHandler .{} list [] LogRecord
#1.2     …le __main__ .{} MemoryHandler .{} list [] LogRecord .{} str
#1.3     こんにちは世界、(12951 others)                              
#1.4     こんにちは世界、(total)                                     
