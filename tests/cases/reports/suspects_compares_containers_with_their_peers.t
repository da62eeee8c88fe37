A list that is far longer than lists usually are is worth a look though it owns little: the longest of a leaking process are those that leak.
--- use leaky_py310_2.json.gz
--- use tiny_py27.json
--- cmd
memsee -q suspects -D top=3 leaky_py310_2.json.gz | sed -n '/^\*\*Containers/,/^## /p'
memsee -q suspects tiny_py27.json | sed -n '/^\*\*Containers/,/^## /p'
--- stdout
**Containers 40 times as large as usual**

|         address | name                              | type | references | usual | times | retained |
| --------------: | --------------------------------- | ---- | ---------: | ----: | ----: | -------: |
| 140370444358592 | `__main__.<MemoryHandler>.<list>` | list |       1100 |     5 |   220 |   645816 |
| 140370446296000 | `__main__.<Registry>.entries?`    | list |        220 |     5 |    44 |   580182 |
| 140370444358464 | `__main__.<list>`                 | list |        330 |     5 |    66 |   222424 |

## Data quality
