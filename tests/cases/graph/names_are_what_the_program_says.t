An object is called by the expression that reaches it, a class by its module, and whose it is by
the module's file. Attribute dicts and cells are not shown, links of a chain are counted.
--- use names_py313.json
--- cmd
memsee -q -e 'read names_py313.json' "select type, name_of(address) as name, owner_kind(address) as whose, module_of(address) as module from obj where type in ('Entry', 'Registry') or type = 'type' and name in ('Entry', 'partial') or type = 'module' or len = 1 and type = 'dict' order by name" "select name_of(null), name_of('x'), name_of(7), owner_kind(7), module_of(7)"
--- stdout
| type     | name                                | whose   | module    |
| -------- | ----------------------------------- | ------- | --------- |
| module   | `builtins`                          | library | builtins  |
| module   | `functools`                         | library | functools |
| module   | `shop`                              | program | shop      |
| Entry    | `shop.CHAIN`                        | program | shop      |
| Entry    | `shop.CHAIN.next`                   | program | shop      |
| Entry    | `shop.CHAIN.next×10`                | program | shop      |
| Entry    | `shop.CHAIN.next×11`                | program | shop      |
| Entry    | `shop.CHAIN.next×2`                 | program | shop      |
| Entry    | `shop.CHAIN.next×3`                 | program | shop      |
| Entry    | `shop.CHAIN.next×4`                 | program | shop      |
| Entry    | `shop.CHAIN.next×5`                 | program | shop      |
| Entry    | `shop.CHAIN.next×6`                 | program | shop      |
| Entry    | `shop.CHAIN.next×7`                 | program | shop      |
| Entry    | `shop.CHAIN.next×8`                 | program | shop      |
| Entry    | `shop.CHAIN.next×9`                 | program | shop      |
| dict     | `shop.COUNT.<closure cache>`        | program | shop      |
| Entry    | `shop.COUNT.<closure cache>['a b']` | program | shop      |
| type     | `shop.Entry`                        | program | shop      |
| Registry | `shop.REGISTRY`                     | program | shop      |
| Entry    | `shop.REGISTRY.entries[0]`          | program | shop      |
| Entry    | `shop.REGISTRY.entries[1]`          | program | shop      |
| dict     | `shop.Registry.seen`                | program | shop      |
| Entry    | `shop.Registry.seen['first']`       | program | shop      |
| module   | `sys`                               | library | sys       |

| name_of(null) | name_of('x') | name_of(7) | owner_kind(7) | module_of(7) |
| ------------- | ------------ | ---------- | ------------- | ------------ |
| ∘             | ∘            | ∘          | ∘             | ∘            |
