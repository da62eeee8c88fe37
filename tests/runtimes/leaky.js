// Handlers in a registry, closures in an event emitter, an unbounded cache of plain objects.
const {EventEmitter}=require('events'); const v8=require('v8');
class Handler{constructor(id){this.id=id;this.payload='payload '+id+' '.repeat(20);}}
class Registry{constructor(){this.handlers=[];}add(h){this.handlers.push(h);}}
const registry=new Registry(); const bus=new EventEmitter(); bus.setMaxListeners(0); const cache=new Map();
const mended=process.argv[3]==='mended';
function request(i){const h=new Handler(i);registry.add(h);
 const big=new Array(10).fill(i); const on=()=>big.length+i; bus.on('tick',on);
 cache.set('user'+i,{user:'user'+i,body:{n:i}});
 if(mended){registry.handlers.pop();bus.off('tick',on);cache.delete('user'+i);}}
let i=0;for(const n of [200,1200,2200]){for(;i<n;i++)request(i);v8.writeHeapSnapshot(process.argv[2]+'_'+n+'.heapsnapshot');}
