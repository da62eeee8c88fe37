php-meminfo: an object has the name of its class, its children their names; a root is called by
its frame and variable; an array that is a record has the names of its keys.
--- file heap.json
{
    "header": {
        "memory_usage": 1378264,
        "memory_usage_real": 2097152
    },
    "items": {
        "0x7ffff4e22fe0": {
            "type": "string",
            "size": "24",
            "symbol_name": "greeting",
            "is_root": true,
            "frame": "<GLOBAL>"
        },
        "0x7ffff4e23000": {
            "type": "object",
            "size": "72",
            "symbol_name": "this",
            "class": "Cart",
            "object_handle": "4",
            "is_root": true,
            "frame": "Cart::add()",
            "children": {
                "lines": "0x7ffff4e23040",
                "owner": "0x7ffff4e23080",
                "gone": "0x1"
            }
        },
        "0x7ffff4e23040": {
            "type": "array",
            "size": "72",
            "is_root": false,
            "children": {
                "0": "0x7ffff4e23080",
                "1": "0x7ffff4e230c0"
            }
        },
        "0x7ffff4e23080": {
            "type": "array",
            "size": "72",
            "is_root": false,
            "children": {
                "sku": "0x7ffff4e22fe0",
                "unit price": "0x7ffff4e230c0"
            }
        },
        "0x7ffff4e230c0": {
            "type": "float",
            "size": "16",
            "is_root": false
        },
        "no address": {
            "type": "float",
            "size": "16"
        }
    }
}
--- cmd
memsee -q -d x.db -e 'read heap.json' 'select address, type, name, size, len from obj' 'select parent, labels from ref_label join ref_label_list using (gen, list)' roots "select fact, value from read_log where fact in ('format', 'runtime', 'memory_usage', 'objects', 'rejected 1', 'dangling')"
--- stdout
|         address | type   | name                | size | len |
| --------------: | ------ | ------------------- | ---: | --: |
| 140737301852128 | string | ∘                   |   24 |   ∘ |
| 140737301852160 | Cart   | ∘                   |   72 |   ∘ |
| 140737301852224 | array  | ∘                   |   72 |   2 |
| 140737301852288 | array  | `{sku, unit price}` |   72 |   2 |
| 140737301852352 | float  | ∘                   |   16 |   ∘ |

|          parent | labels                         |
| --------------: | ------------------------------ |
| 140737301852160 | `[".lines",".owner",".gone"]`  |
| 140737301852224 | `[0,true]`                     |
| 140737301852288 | `["['sku']","['unit price']"]` |

|         address | type   | repr | size | why                  | cycle |
| --------------: | ------ | ---- | ---: | -------------------- | ----: |
| 140737301852128 | string | ∘    |   24 | `<GLOBAL> $greeting` |     1 |
| 140737301852160 | Cart   | ∘    |   72 | `Cart::add() $this`  |     1 |

| fact         | value                                              |
| ------------ | -------------------------------------------------- |
| format       | php-meminfo                                        |
| runtime      | PHP                                                |
| memory_usage | 1378264                                            |
| objects      | 5                                                  |
| dangling     | 1                                                  |
| rejected 1   | line 6, column 1: an item under what is no address |
--- stderr
memsee: warning: heap.json:6:1: an item under what is no address
memsee: warning: heap.json: 1 of 6 lines skipped
--- cmd
head -c 900 heap.json >torn.json
memsee -q -e 'read torn.json' 'select count(*) as n from obj'
memsee -q --strict -e 'read torn.json'
--- stdout
|   n |
| --: |
|   2 |
--- stderr
memsee: warning: torn.json: the last item breaks off
-e:1:1: 'torn.json': the last item breaks off
  read torn.json
  ^
--- status 3
--- cmd
sed 's/"is_root": false/"is_root": fals/' heap.json >bad.json
memsee -q -e 'read bad.json'
--- stderr
-e:1:1: 'bad.json': byte 829: invalid string in json text
  read bad.json
  ^
--- status 3
