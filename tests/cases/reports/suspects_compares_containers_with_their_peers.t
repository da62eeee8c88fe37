A list that is far longer than lists usually are is worth a look though it owns little: the longest of a leaking process are those that leak.
--- use leaky_py310_2.json.gz
--- use tiny_py27.json
--- cmd
memsee -q suspects -D top=3 leaky_py310_2.json.gz | sed -n '/^\*\*Containers/,/^## /p'
memsee -q suspects tiny_py27.json | sed -n '/^\*\*Containers/,/^## /p'
--- stdout
**Containers 40 times as long as usual**

|         address | type |  len | usual | times | retained |
| --------------: | ---- | ---: | ----: | ----: | -------: |
| 140370444358592 | list | 1100 |     5 |   220 |   645816 |
| 140370446296000 | list |  220 |     5 |    44 |   580182 |
| 140370444358464 | list |  330 |     5 |    66 |   222424 |

## Data quality
**Containers 40 times as long as usual**

*No rows.*

## Data quality
