Labels for #R.N, NULL as ∘, numbers to the right, the originals widths.
--- use tiny_py310.json
--- cmd
memsee -q -f text -e 'read tiny_py310.json' "select * from obj where type in ('list', 'function') order by address limit 3" 'select parent, child from ref order by 1, 2 limit 2'
--- stdout
#                 address type                 name                 value                                                              size        len mark       repr      
-------- ---------------- -------------------- -------------------- ------------------------------------------------------------ ---------- ---------- ---------- ----------
#0.0      139768348012560 function             after_request        ∘                                                                   144          ∘ ∘          after_req…
#0.1      139768348012848 function             after_request        ∘                                                                   144          ∘ ∘          after_req…
#0.2      139768348013424 function             after_request        ∘                                                                   144          ∘ ∘          after_req…

#                 parent           child
-------- --------------- ---------------
#1.0                   0 139768350297152
#1.1      94370588425648 139768348072768
