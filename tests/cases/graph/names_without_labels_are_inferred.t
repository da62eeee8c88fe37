What a plain dump does not name is called by its type; what it lets infer bears a question mark.
--- use leaky_py310_0.json.gz
--- cmd
memsee -q -e 'read leaky_py310_0.json.gz' "select type, name_of(address) as name, owner_kind(address) as whose from obj where type in ('Registry', 'UploadHandler', 'LeakedSession', 'MemoryHandler') or type = 'type' and name in ('Registry', 'Path', 'BufferedReader') order by name, address limit 12"
--- stdout
| type          | name                                               | whose   |
| ------------- | -------------------------------------------------- | ------- |
| MemoryHandler | `__main__.<MemoryHandler>`                         | program |
| Registry      | `__main__.<Registry>`                              | program |
| UploadHandler | `__main__.<Registry>.entries?[0].<UploadHandler>`  | program |
| UploadHandler | `__main__.<Registry>.entries?[10].<UploadHandler>` | program |
| UploadHandler | `__main__.<Registry>.entries?[11].<UploadHandler>` | program |
| UploadHandler | `__main__.<Registry>.entries?[12].<UploadHandler>` | program |
| UploadHandler | `__main__.<Registry>.entries?[13].<UploadHandler>` | program |
| UploadHandler | `__main__.<Registry>.entries?[14].<UploadHandler>` | program |
| UploadHandler | `__main__.<Registry>.entries?[15].<UploadHandler>` | program |
| UploadHandler | `__main__.<Registry>.entries?[16].<UploadHandler>` | program |
| UploadHandler | `__main__.<Registry>.entries?[17].<UploadHandler>` | program |
| UploadHandler | `__main__.<Registry>.entries?[18].<UploadHandler>` | program |
