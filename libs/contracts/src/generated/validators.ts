// Generated from schemas/ by `npm run codegen`. Do not edit.
// @ts-nocheck
"use strict";
export const envelope = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:envelope:1.0","title":"envelope","type":"object","properties":{"specversion":{"type":"string","const":"1.0"},"id":{"type":"string","minLength":1,"maxLength":256},"source":{"type":"string","minLength":1,"maxLength":1024},"type":{"type":"string","minLength":1,"maxLength":256},"time":{"type":"string","pattern":"^20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-][01]\\d:[0-5]\\d)$","maxLength":40},"subject":{"type":"string","minLength":1,"maxLength":1024},"datacontenttype":{"type":"string","pattern":"^application/([a-z.+-]+\\+)?json(;.*)?$","maxLength":128},"dataschema":{"type":"string","minLength":1,"maxLength":512},"data":{"type":"object"},"recordtime":false,"logseq":false,"ingestedby":false,"clockskewms":false,"schemadigest":false},"required":["specversion","id","source","type","data"],"additionalProperties":{"type":["string","integer","boolean"],"maxLength":2048}};
const func1 = Object.prototype.hasOwnProperty;
const pattern4 = new RegExp("^20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-][01]\\d:[0-5]\\d)$", "u");
const pattern5 = new RegExp("^application/([a-z.+-]+\\+)?json(;.*)?$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:envelope:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.specversion === undefined) && (missing0 = "specversion")) || ((data.id === undefined) && (missing0 = "id"))) || ((data.source === undefined) && (missing0 = "source"))) || ((data.type === undefined) && (missing0 = "type"))) || ((data.data === undefined) && (missing0 = "data"))){
validate20.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
let data0 = data[key0];
const _errs2 = errors;
if(((typeof data0 !== "string") && (!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0))))) && (typeof data0 !== "boolean")){
validate20.errors = [{instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: schema31.additionalProperties.type},message:"must be string,integer,boolean"}];
return false;
}
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 2048){
validate20.errors = [{instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
}
}
var valid0 = _errs2 === errors;
if(!valid0){
break;
}
}
}
if(_errs1 === errors){
if(data.specversion !== undefined){
let data1 = data.specversion;
const _errs4 = errors;
if(typeof data1 !== "string"){
validate20.errors = [{instancePath:instancePath+"/specversion",schemaPath:"#/properties/specversion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if("1.0" !== data1){
validate20.errors = [{instancePath:instancePath+"/specversion",schemaPath:"#/properties/specversion/const",keyword:"const",params:{allowedValue: "1.0"},message:"must be equal to constant"}];
return false;
}
var valid1 = _errs4 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.id !== undefined){
let data2 = data.id;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 256){
validate20.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate20.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs6 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.source !== undefined){
let data3 = data.source;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 1024){
validate20.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data3.length < 1){
validate20.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs8 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.type !== undefined){
let data4 = data.type;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 256){
validate20.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate20.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/type",schemaPath:"#/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.time !== undefined){
let data5 = data.time;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data5 === "string"){
if(data5.length > 40){
validate20.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/maxLength",keyword:"maxLength",params:{limit: 40},message:"must NOT have more than 40 characters"}];
return false;
}
else {
if(!pattern4.test(data5)){
validate20.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/pattern",keyword:"pattern",params:{pattern: "^20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-][01]\\d:[0-5]\\d)$"},message:"must match pattern \""+"^20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-][01]\\d:[0-5]\\d)$"+"\""}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/time",schemaPath:"#/properties/time/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs12 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.subject !== undefined){
let data6 = data.subject;
const _errs14 = errors;
if(errors === _errs14){
if(typeof data6 === "string"){
if(data6.length > 1024){
validate20.errors = [{instancePath:instancePath+"/subject",schemaPath:"#/properties/subject/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data6.length < 1){
validate20.errors = [{instancePath:instancePath+"/subject",schemaPath:"#/properties/subject/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/subject",schemaPath:"#/properties/subject/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs14 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.datacontenttype !== undefined){
let data7 = data.datacontenttype;
const _errs16 = errors;
if(errors === _errs16){
if(typeof data7 === "string"){
if(data7.length > 128){
validate20.errors = [{instancePath:instancePath+"/datacontenttype",schemaPath:"#/properties/datacontenttype/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern5.test(data7)){
validate20.errors = [{instancePath:instancePath+"/datacontenttype",schemaPath:"#/properties/datacontenttype/pattern",keyword:"pattern",params:{pattern: "^application/([a-z.+-]+\\+)?json(;.*)?$"},message:"must match pattern \""+"^application/([a-z.+-]+\\+)?json(;.*)?$"+"\""}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/datacontenttype",schemaPath:"#/properties/datacontenttype/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs16 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.dataschema !== undefined){
let data8 = data.dataschema;
const _errs18 = errors;
if(errors === _errs18){
if(typeof data8 === "string"){
if(data8.length > 512){
validate20.errors = [{instancePath:instancePath+"/dataschema",schemaPath:"#/properties/dataschema/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data8.length < 1){
validate20.errors = [{instancePath:instancePath+"/dataschema",schemaPath:"#/properties/dataschema/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/dataschema",schemaPath:"#/properties/dataschema/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs18 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.data !== undefined){
let data9 = data.data;
const _errs20 = errors;
if(!(data9 && typeof data9 == "object" && !Array.isArray(data9))){
validate20.errors = [{instancePath:instancePath+"/data",schemaPath:"#/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
var valid1 = _errs20 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data.recordtime !== undefined){
var valid1 = false;
validate20.errors = [{instancePath:instancePath+"/recordtime",schemaPath:"#/properties/recordtime/false schema",keyword:"false schema",params:{},message:"boolean schema is false"}];
return false;
}
else {
var valid1 = true;
}
if(valid1){
if(data.logseq !== undefined){
var valid1 = false;
validate20.errors = [{instancePath:instancePath+"/logseq",schemaPath:"#/properties/logseq/false schema",keyword:"false schema",params:{},message:"boolean schema is false"}];
return false;
}
else {
var valid1 = true;
}
if(valid1){
if(data.ingestedby !== undefined){
var valid1 = false;
validate20.errors = [{instancePath:instancePath+"/ingestedby",schemaPath:"#/properties/ingestedby/false schema",keyword:"false schema",params:{},message:"boolean schema is false"}];
return false;
}
else {
var valid1 = true;
}
if(valid1){
if(data.clockskewms !== undefined){
var valid1 = false;
validate20.errors = [{instancePath:instancePath+"/clockskewms",schemaPath:"#/properties/clockskewms/false schema",keyword:"false schema",params:{},message:"boolean schema is false"}];
return false;
}
else {
var valid1 = true;
}
if(valid1){
if(data.schemadigest !== undefined){
var valid1 = false;
validate20.errors = [{instancePath:instancePath+"/schemadigest",schemaPath:"#/properties/schemadigest/false schema",keyword:"false schema",params:{},message:"boolean schema is false"}];
return false;
}
else {
var valid1 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate20.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusShardRegistered = validate21;
const schema32 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.shard.registered:1.0","title":"corpus.shard.registered","x-stream":"shard/{shardId}","type":"object","properties":{"shardId":{"type":"string","maxLength":256,"minLength":1},"uri":{"type":"string","maxLength":2048,"minLength":1},"slice":{"$ref":"#/$defs/slice"},"taxonomyVersion":{"type":"string","maxLength":256,"minLength":1},"split":{"type":"string","enum":["train","held_out"]},"digest":{"type":"object","properties":{"algorithm":{"type":"string","enum":["sha256"]},"value":{"type":"string","pattern":"^[0-9a-f]{64}$"}},"required":["algorithm","value"],"additionalProperties":false},"bytes":{"type":"integer","minimum":0,"maximum":9007199254740991},"documents":{"type":"integer","minimum":0,"maximum":9007199254740991},"tokens":{"type":"integer","minimum":0,"maximum":9007199254740991},"tokenizer":{"type":"string","maxLength":256,"minLength":1},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]},"licence":{"type":"string","maxLength":256,"minLength":1},"origin":{"type":"object","properties":{"registry":{"type":"string","maxLength":256,"minLength":1},"package":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1},"path":{"type":"string","maxLength":1024,"minLength":1}},"required":["registry","package","version"],"additionalProperties":false}},"required":["shardId","uri","slice","split","digest","bytes","documents","tokens","tokenizer","method","licence"],"additionalProperties":false,"$defs":{"slice":{"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128}}};
const schema33 = {"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128};
const pattern6 = new RegExp("^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$", "u");
const pattern7 = new RegExp("^[0-9a-f]{64}$", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.shard.registered:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((((((data.shardId === undefined) && (missing0 = "shardId")) || ((data.uri === undefined) && (missing0 = "uri"))) || ((data.slice === undefined) && (missing0 = "slice"))) || ((data.split === undefined) && (missing0 = "split"))) || ((data.digest === undefined) && (missing0 = "digest"))) || ((data.bytes === undefined) && (missing0 = "bytes"))) || ((data.documents === undefined) && (missing0 = "documents"))) || ((data.tokens === undefined) && (missing0 = "tokens"))) || ((data.tokenizer === undefined) && (missing0 = "tokenizer"))) || ((data.method === undefined) && (missing0 = "method"))) || ((data.licence === undefined) && (missing0 = "licence"))){
validate21.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema32.properties, key0))){
validate21.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.shardId !== undefined){
let data0 = data.shardId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate21.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate21.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.uri !== undefined){
let data1 = data.uri;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 2048){
validate21.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data1.length < 1){
validate21.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.slice !== undefined){
let data2 = data.slice;
const _errs6 = errors;
const _errs7 = errors;
if(errors === _errs7){
if(typeof data2 === "string"){
if(data2.length > 128){
validate21.errors = [{instancePath:instancePath+"/slice",schemaPath:"#/$defs/slice/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern6.test(data2)){
validate21.errors = [{instancePath:instancePath+"/slice",schemaPath:"#/$defs/slice/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"+"\""}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/slice",schemaPath:"#/$defs/slice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.taxonomyVersion !== undefined){
let data3 = data.taxonomyVersion;
const _errs9 = errors;
if(errors === _errs9){
if(typeof data3 === "string"){
if(data3.length > 256){
validate21.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate21.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.split !== undefined){
let data4 = data.split;
const _errs11 = errors;
if(typeof data4 !== "string"){
validate21.errors = [{instancePath:instancePath+"/split",schemaPath:"#/properties/split/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data4 === "train") || (data4 === "held_out"))){
validate21.errors = [{instancePath:instancePath+"/split",schemaPath:"#/properties/split/enum",keyword:"enum",params:{allowedValues: schema32.properties.split.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.digest !== undefined){
let data5 = data.digest;
const _errs13 = errors;
if(errors === _errs13){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if(((data5.algorithm === undefined) && (missing1 = "algorithm")) || ((data5.value === undefined) && (missing1 = "value"))){
validate21.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs15 = errors;
for(const key1 in data5){
if(!((key1 === "algorithm") || (key1 === "value"))){
validate21.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs15 === errors){
if(data5.algorithm !== undefined){
let data6 = data5.algorithm;
const _errs16 = errors;
if(typeof data6 !== "string"){
validate21.errors = [{instancePath:instancePath+"/digest/algorithm",schemaPath:"#/properties/digest/properties/algorithm/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(data6 === "sha256")){
validate21.errors = [{instancePath:instancePath+"/digest/algorithm",schemaPath:"#/properties/digest/properties/algorithm/enum",keyword:"enum",params:{allowedValues: schema32.properties.digest.properties.algorithm.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid2 = _errs16 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.value !== undefined){
let data7 = data5.value;
const _errs18 = errors;
if(errors === _errs18){
if(typeof data7 === "string"){
if(!pattern7.test(data7)){
validate21.errors = [{instancePath:instancePath+"/digest/value",schemaPath:"#/properties/digest/properties/value/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/digest/value",schemaPath:"#/properties/digest/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.bytes !== undefined){
let data8 = data.bytes;
const _errs20 = errors;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
validate21.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs20){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 9007199254740991 || isNaN(data8)){
validate21.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data8 < 0 || isNaN(data8)){
validate21.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.documents !== undefined){
let data9 = data.documents;
const _errs22 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate21.errors = [{instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs22){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 9007199254740991 || isNaN(data9)){
validate21.errors = [{instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data9 < 0 || isNaN(data9)){
validate21.errors = [{instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs22 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokens !== undefined){
let data10 = data.tokens;
const _errs24 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
validate21.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs24){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 9007199254740991 || isNaN(data10)){
validate21.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data10 < 0 || isNaN(data10)){
validate21.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokenizer !== undefined){
let data11 = data.tokenizer;
const _errs26 = errors;
if(errors === _errs26){
if(typeof data11 === "string"){
if(data11.length > 256){
validate21.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data11.length < 1){
validate21.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.method !== undefined){
let data12 = data.method;
const _errs28 = errors;
if(typeof data12 !== "string"){
validate21.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data12 === "measured") || (data12 === "reported")) || (data12 === "declared")) || (data12 === "inferred")) || (data12 === "sampled"))){
validate21.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/enum",keyword:"enum",params:{allowedValues: schema32.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs28 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.licence !== undefined){
let data13 = data.licence;
const _errs30 = errors;
if(errors === _errs30){
if(typeof data13 === "string"){
if(data13.length > 256){
validate21.errors = [{instancePath:instancePath+"/licence",schemaPath:"#/properties/licence/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data13.length < 1){
validate21.errors = [{instancePath:instancePath+"/licence",schemaPath:"#/properties/licence/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/licence",schemaPath:"#/properties/licence/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs30 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.origin !== undefined){
let data14 = data.origin;
const _errs32 = errors;
if(errors === _errs32){
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
let missing2;
if((((data14.registry === undefined) && (missing2 = "registry")) || ((data14.package === undefined) && (missing2 = "package"))) || ((data14.version === undefined) && (missing2 = "version"))){
validate21.errors = [{instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs34 = errors;
for(const key2 in data14){
if(!((((key2 === "registry") || (key2 === "package")) || (key2 === "version")) || (key2 === "path"))){
validate21.errors = [{instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs34 === errors){
if(data14.registry !== undefined){
let data15 = data14.registry;
const _errs35 = errors;
if(errors === _errs35){
if(typeof data15 === "string"){
if(data15.length > 256){
validate21.errors = [{instancePath:instancePath+"/origin/registry",schemaPath:"#/properties/origin/properties/registry/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data15.length < 1){
validate21.errors = [{instancePath:instancePath+"/origin/registry",schemaPath:"#/properties/origin/properties/registry/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/origin/registry",schemaPath:"#/properties/origin/properties/registry/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs35 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data14.package !== undefined){
let data16 = data14.package;
const _errs37 = errors;
if(errors === _errs37){
if(typeof data16 === "string"){
if(data16.length > 256){
validate21.errors = [{instancePath:instancePath+"/origin/package",schemaPath:"#/properties/origin/properties/package/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data16.length < 1){
validate21.errors = [{instancePath:instancePath+"/origin/package",schemaPath:"#/properties/origin/properties/package/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/origin/package",schemaPath:"#/properties/origin/properties/package/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs37 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data14.version !== undefined){
let data17 = data14.version;
const _errs39 = errors;
if(errors === _errs39){
if(typeof data17 === "string"){
if(data17.length > 256){
validate21.errors = [{instancePath:instancePath+"/origin/version",schemaPath:"#/properties/origin/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data17.length < 1){
validate21.errors = [{instancePath:instancePath+"/origin/version",schemaPath:"#/properties/origin/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/origin/version",schemaPath:"#/properties/origin/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs39 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data14.path !== undefined){
let data18 = data14.path;
const _errs41 = errors;
if(errors === _errs41){
if(typeof data18 === "string"){
if(data18.length > 1024){
validate21.errors = [{instancePath:instancePath+"/origin/path",schemaPath:"#/properties/origin/properties/path/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data18.length < 1){
validate21.errors = [{instancePath:instancePath+"/origin/path",schemaPath:"#/properties/origin/properties/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/origin/path",schemaPath:"#/properties/origin/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs41 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs32 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate21.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusTaxonomyVersioned = validate22;
const schema34 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.taxonomy.versioned:1.0","title":"corpus.taxonomy.versioned","x-stream":"taxonomy/{taxonomyId}","type":"object","properties":{"taxonomyId":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1},"slices":{"type":"array","items":{"type":"object","properties":{"slice":{"$ref":"#/$defs/slice"},"title":{"type":"string","maxLength":256,"minLength":1},"definition":{"type":"string","maxLength":4096,"minLength":1},"measuredBy":{"type":"string","maxLength":1024,"minLength":1}},"required":["slice","title","definition"],"additionalProperties":false},"minItems":1,"maxItems":1000},"rationale":{"type":"string","maxLength":8192,"minLength":1}},"required":["taxonomyId","version","slices"],"additionalProperties":false,"$defs":{"slice":{"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128}}};
const schema35 = {"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.taxonomy.versioned:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.taxonomyId === undefined) && (missing0 = "taxonomyId")) || ((data.version === undefined) && (missing0 = "version"))) || ((data.slices === undefined) && (missing0 = "slices"))){
validate22.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "taxonomyId") || (key0 === "version")) || (key0 === "slices")) || (key0 === "rationale"))){
validate22.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.taxonomyId !== undefined){
let data0 = data.taxonomyId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate22.errors = [{instancePath:instancePath+"/taxonomyId",schemaPath:"#/properties/taxonomyId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate22.errors = [{instancePath:instancePath+"/taxonomyId",schemaPath:"#/properties/taxonomyId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/taxonomyId",schemaPath:"#/properties/taxonomyId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
let data1 = data.version;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 256){
validate22.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate22.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.slices !== undefined){
let data2 = data.slices;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data2)){
if(data2.length > 1000){
validate22.errors = [{instancePath:instancePath+"/slices",schemaPath:"#/properties/slices/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
if(data2.length < 1){
validate22.errors = [{instancePath:instancePath+"/slices",schemaPath:"#/properties/slices/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
const _errs8 = errors;
if(errors === _errs8){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing1;
if((((data3.slice === undefined) && (missing1 = "slice")) || ((data3.title === undefined) && (missing1 = "title"))) || ((data3.definition === undefined) && (missing1 = "definition"))){
validate22.errors = [{instancePath:instancePath+"/slices/" + i0,schemaPath:"#/properties/slices/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs10 = errors;
for(const key1 in data3){
if(!((((key1 === "slice") || (key1 === "title")) || (key1 === "definition")) || (key1 === "measuredBy"))){
validate22.errors = [{instancePath:instancePath+"/slices/" + i0,schemaPath:"#/properties/slices/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs10 === errors){
if(data3.slice !== undefined){
let data4 = data3.slice;
const _errs11 = errors;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data4 === "string"){
if(data4.length > 128){
validate22.errors = [{instancePath:instancePath+"/slices/" + i0+"/slice",schemaPath:"#/$defs/slice/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern6.test(data4)){
validate22.errors = [{instancePath:instancePath+"/slices/" + i0+"/slice",schemaPath:"#/$defs/slice/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"+"\""}];
return false;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/slices/" + i0+"/slice",schemaPath:"#/$defs/slice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.title !== undefined){
let data5 = data3.title;
const _errs14 = errors;
if(errors === _errs14){
if(typeof data5 === "string"){
if(data5.length > 256){
validate22.errors = [{instancePath:instancePath+"/slices/" + i0+"/title",schemaPath:"#/properties/slices/items/properties/title/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data5.length < 1){
validate22.errors = [{instancePath:instancePath+"/slices/" + i0+"/title",schemaPath:"#/properties/slices/items/properties/title/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/slices/" + i0+"/title",schemaPath:"#/properties/slices/items/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs14 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.definition !== undefined){
let data6 = data3.definition;
const _errs16 = errors;
if(errors === _errs16){
if(typeof data6 === "string"){
if(data6.length > 4096){
validate22.errors = [{instancePath:instancePath+"/slices/" + i0+"/definition",schemaPath:"#/properties/slices/items/properties/definition/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data6.length < 1){
validate22.errors = [{instancePath:instancePath+"/slices/" + i0+"/definition",schemaPath:"#/properties/slices/items/properties/definition/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/slices/" + i0+"/definition",schemaPath:"#/properties/slices/items/properties/definition/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs16 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.measuredBy !== undefined){
let data7 = data3.measuredBy;
const _errs18 = errors;
if(errors === _errs18){
if(typeof data7 === "string"){
if(data7.length > 1024){
validate22.errors = [{instancePath:instancePath+"/slices/" + i0+"/measuredBy",schemaPath:"#/properties/slices/items/properties/measuredBy/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data7.length < 1){
validate22.errors = [{instancePath:instancePath+"/slices/" + i0+"/measuredBy",schemaPath:"#/properties/slices/items/properties/measuredBy/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/slices/" + i0+"/measuredBy",schemaPath:"#/properties/slices/items/properties/measuredBy/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/slices/" + i0,schemaPath:"#/properties/slices/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs8 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/slices",schemaPath:"#/properties/slices/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.rationale !== undefined){
let data8 = data.rationale;
const _errs20 = errors;
if(errors === _errs20){
if(typeof data8 === "string"){
if(data8.length > 8192){
validate22.errors = [{instancePath:instancePath+"/rationale",schemaPath:"#/properties/rationale/maxLength",keyword:"maxLength",params:{limit: 8192},message:"must NOT have more than 8192 characters"}];
return false;
}
else {
if(data8.length < 1){
validate22.errors = [{instancePath:instancePath+"/rationale",schemaPath:"#/properties/rationale/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/rationale",schemaPath:"#/properties/rationale/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
validate22.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const evaluationItemsRecorded = validate23;
const schema36 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:evaluation.items.recorded:1.0","title":"evaluation.items.recorded","x-stream":"run/{runId}","x-telemetry":true,"type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"step":{"type":"integer","minimum":0,"maximum":9007199254740991},"capability":{"type":"string","maxLength":256,"minLength":1},"benchmark":{"type":"string","maxLength":256,"minLength":1},"metric":{"type":"string","maxLength":256,"minLength":1},"metricVersion":{"type":"string","maxLength":256,"minLength":1},"harness":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1}},"required":["name","version"],"additionalProperties":false},"itemIds":{"type":"array","items":{"type":"string","maxLength":256,"minLength":1},"minItems":1,"maxItems":20000,"uniqueItems":false},"values":{"type":"array","items":{"type":"number"},"minItems":1,"maxItems":20000}},"required":["runId","step","capability","benchmark","metric","harness","itemIds","values"],"additionalProperties":false};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:evaluation.items.recorded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate23.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((((data.runId === undefined) && (missing0 = "runId")) || ((data.step === undefined) && (missing0 = "step"))) || ((data.capability === undefined) && (missing0 = "capability"))) || ((data.benchmark === undefined) && (missing0 = "benchmark"))) || ((data.metric === undefined) && (missing0 = "metric"))) || ((data.harness === undefined) && (missing0 = "harness"))) || ((data.itemIds === undefined) && (missing0 = "itemIds"))) || ((data.values === undefined) && (missing0 = "values"))){
validate23.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema36.properties, key0))){
validate23.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.runId !== undefined){
let data0 = data.runId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate23.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate23.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.step !== undefined){
let data1 = data.step;
const _errs4 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate23.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 9007199254740991 || isNaN(data1)){
validate23.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data1 < 0 || isNaN(data1)){
validate23.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.capability !== undefined){
let data2 = data.capability;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 256){
validate23.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate23.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.benchmark !== undefined){
let data3 = data.benchmark;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 256){
validate23.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate23.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.metric !== undefined){
let data4 = data.metric;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 256){
validate23.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate23.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.metricVersion !== undefined){
let data5 = data.metricVersion;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data5 === "string"){
if(data5.length > 256){
validate23.errors = [{instancePath:instancePath+"/metricVersion",schemaPath:"#/properties/metricVersion/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data5.length < 1){
validate23.errors = [{instancePath:instancePath+"/metricVersion",schemaPath:"#/properties/metricVersion/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/metricVersion",schemaPath:"#/properties/metricVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.harness !== undefined){
let data6 = data.harness;
const _errs14 = errors;
if(errors === _errs14){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing1;
if(((data6.name === undefined) && (missing1 = "name")) || ((data6.version === undefined) && (missing1 = "version"))){
validate23.errors = [{instancePath:instancePath+"/harness",schemaPath:"#/properties/harness/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs16 = errors;
for(const key1 in data6){
if(!((key1 === "name") || (key1 === "version"))){
validate23.errors = [{instancePath:instancePath+"/harness",schemaPath:"#/properties/harness/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs16 === errors){
if(data6.name !== undefined){
let data7 = data6.name;
const _errs17 = errors;
if(errors === _errs17){
if(typeof data7 === "string"){
if(data7.length > 256){
validate23.errors = [{instancePath:instancePath+"/harness/name",schemaPath:"#/properties/harness/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data7.length < 1){
validate23.errors = [{instancePath:instancePath+"/harness/name",schemaPath:"#/properties/harness/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/harness/name",schemaPath:"#/properties/harness/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs17 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data6.version !== undefined){
let data8 = data6.version;
const _errs19 = errors;
if(errors === _errs19){
if(typeof data8 === "string"){
if(data8.length > 256){
validate23.errors = [{instancePath:instancePath+"/harness/version",schemaPath:"#/properties/harness/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data8.length < 1){
validate23.errors = [{instancePath:instancePath+"/harness/version",schemaPath:"#/properties/harness/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/harness/version",schemaPath:"#/properties/harness/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs19 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/harness",schemaPath:"#/properties/harness/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.itemIds !== undefined){
let data9 = data.itemIds;
const _errs21 = errors;
if(errors === _errs21){
if(Array.isArray(data9)){
if(data9.length > 20000){
validate23.errors = [{instancePath:instancePath+"/itemIds",schemaPath:"#/properties/itemIds/maxItems",keyword:"maxItems",params:{limit: 20000},message:"must NOT have more than 20000 items"}];
return false;
}
else {
if(data9.length < 1){
validate23.errors = [{instancePath:instancePath+"/itemIds",schemaPath:"#/properties/itemIds/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid2 = true;
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
const _errs23 = errors;
if(errors === _errs23){
if(typeof data10 === "string"){
if(data10.length > 256){
validate23.errors = [{instancePath:instancePath+"/itemIds/" + i0,schemaPath:"#/properties/itemIds/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data10.length < 1){
validate23.errors = [{instancePath:instancePath+"/itemIds/" + i0,schemaPath:"#/properties/itemIds/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/itemIds/" + i0,schemaPath:"#/properties/itemIds/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs23 === errors;
if(!valid2){
break;
}
}
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/itemIds",schemaPath:"#/properties/itemIds/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs21 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.values !== undefined){
let data11 = data.values;
const _errs25 = errors;
if(errors === _errs25){
if(Array.isArray(data11)){
if(data11.length > 20000){
validate23.errors = [{instancePath:instancePath+"/values",schemaPath:"#/properties/values/maxItems",keyword:"maxItems",params:{limit: 20000},message:"must NOT have more than 20000 items"}];
return false;
}
else {
if(data11.length < 1){
validate23.errors = [{instancePath:instancePath+"/values",schemaPath:"#/properties/values/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid3 = true;
const len1 = data11.length;
for(let i1=0; i1<len1; i1++){
let data12 = data11[i1];
const _errs27 = errors;
if(!((typeof data12 == "number") && (isFinite(data12)))){
validate23.errors = [{instancePath:instancePath+"/values/" + i1,schemaPath:"#/properties/values/items/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid3 = _errs27 === errors;
if(!valid3){
break;
}
}
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/values",schemaPath:"#/properties/values/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs25 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate23.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate23.errors = vErrors;
return errors === 0;
}
validate23.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const evaluationScoreInvalidated = validate24;
const schema37 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:evaluation.score.invalidated:1.0","title":"evaluation.score.invalidated","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"capability":{"type":"string","maxLength":256,"minLength":1},"benchmark":{"type":"string","maxLength":256,"minLength":1},"metric":{"type":"string","maxLength":256,"minLength":1},"step":{"type":"integer","minimum":0,"maximum":9007199254740991},"reason":{"type":"string","maxLength":4096,"minLength":1},"actor":{"type":"string","maxLength":256,"minLength":1}},"required":["runId","capability","benchmark","metric","reason","actor"],"additionalProperties":false};

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:evaluation.score.invalidated:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate24.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((data.runId === undefined) && (missing0 = "runId")) || ((data.capability === undefined) && (missing0 = "capability"))) || ((data.benchmark === undefined) && (missing0 = "benchmark"))) || ((data.metric === undefined) && (missing0 = "metric"))) || ((data.reason === undefined) && (missing0 = "reason"))) || ((data.actor === undefined) && (missing0 = "actor"))){
validate24.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((((key0 === "runId") || (key0 === "capability")) || (key0 === "benchmark")) || (key0 === "metric")) || (key0 === "step")) || (key0 === "reason")) || (key0 === "actor"))){
validate24.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.runId !== undefined){
let data0 = data.runId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate24.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate24.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.capability !== undefined){
let data1 = data.capability;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 256){
validate24.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate24.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.benchmark !== undefined){
let data2 = data.benchmark;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 256){
validate24.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate24.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.metric !== undefined){
let data3 = data.metric;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 256){
validate24.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate24.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.step !== undefined){
let data4 = data.step;
const _errs10 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate24.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs10){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 9007199254740991 || isNaN(data4)){
validate24.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data4 < 0 || isNaN(data4)){
validate24.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
let data5 = data.reason;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data5 === "string"){
if(data5.length > 4096){
validate24.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data5.length < 1){
validate24.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actor !== undefined){
let data6 = data.actor;
const _errs14 = errors;
if(errors === _errs14){
if(typeof data6 === "string"){
if(data6.length > 256){
validate24.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate24.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
else {
validate24.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate24.errors = vErrors;
return errors === 0;
}
validate24.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const evaluationScoreRecorded = validate25;
const schema38 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:evaluation.score.recorded:1.0","title":"evaluation.score.recorded","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"checkpointId":{"type":"string","maxLength":256,"minLength":1},"step":{"type":"integer","minimum":0,"maximum":9007199254740991},"tokens":{"type":"integer","minimum":0,"maximum":9007199254740991},"capability":{"type":"string","maxLength":256,"minLength":1},"benchmark":{"type":"string","maxLength":256,"minLength":1},"split":{"type":"string","maxLength":256,"minLength":1},"metric":{"type":"string","maxLength":256,"minLength":1},"metricVersion":{"type":"string","maxLength":256,"minLength":1},"shots":{"type":"integer","minimum":0,"maximum":1000000},"promptDigest":{"type":"string","pattern":"^[0-9a-f]{64}$"},"harness":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1}},"required":["name","version"],"additionalProperties":false},"value":{"type":"number"},"stderr":{"type":"number","minimum":0},"items":{"type":"integer","minimum":1,"maximum":9007199254740991},"unit":{"type":"string","maxLength":256,"minLength":1},"higherIsBetter":{"type":"boolean"},"randomBaseline":{"type":"number"},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]}},"required":["runId","step","capability","benchmark","metric","harness","value","unit","higherIsBetter","method"],"additionalProperties":false};

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:evaluation.score.recorded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate25.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((((((data.runId === undefined) && (missing0 = "runId")) || ((data.step === undefined) && (missing0 = "step"))) || ((data.capability === undefined) && (missing0 = "capability"))) || ((data.benchmark === undefined) && (missing0 = "benchmark"))) || ((data.metric === undefined) && (missing0 = "metric"))) || ((data.harness === undefined) && (missing0 = "harness"))) || ((data.value === undefined) && (missing0 = "value"))) || ((data.unit === undefined) && (missing0 = "unit"))) || ((data.higherIsBetter === undefined) && (missing0 = "higherIsBetter"))) || ((data.method === undefined) && (missing0 = "method"))){
validate25.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema38.properties, key0))){
validate25.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.runId !== undefined){
let data0 = data.runId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate25.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate25.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.checkpointId !== undefined){
let data1 = data.checkpointId;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 256){
validate25.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate25.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.step !== undefined){
let data2 = data.step;
const _errs6 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate25.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs6){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 9007199254740991 || isNaN(data2)){
validate25.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data2 < 0 || isNaN(data2)){
validate25.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokens !== undefined){
let data3 = data.tokens;
const _errs8 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate25.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
validate25.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate25.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.capability !== undefined){
let data4 = data.capability;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 256){
validate25.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate25.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.benchmark !== undefined){
let data5 = data.benchmark;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data5 === "string"){
if(data5.length > 256){
validate25.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data5.length < 1){
validate25.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.split !== undefined){
let data6 = data.split;
const _errs14 = errors;
if(errors === _errs14){
if(typeof data6 === "string"){
if(data6.length > 256){
validate25.errors = [{instancePath:instancePath+"/split",schemaPath:"#/properties/split/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate25.errors = [{instancePath:instancePath+"/split",schemaPath:"#/properties/split/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/split",schemaPath:"#/properties/split/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.metric !== undefined){
let data7 = data.metric;
const _errs16 = errors;
if(errors === _errs16){
if(typeof data7 === "string"){
if(data7.length > 256){
validate25.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data7.length < 1){
validate25.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.metricVersion !== undefined){
let data8 = data.metricVersion;
const _errs18 = errors;
if(errors === _errs18){
if(typeof data8 === "string"){
if(data8.length > 256){
validate25.errors = [{instancePath:instancePath+"/metricVersion",schemaPath:"#/properties/metricVersion/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data8.length < 1){
validate25.errors = [{instancePath:instancePath+"/metricVersion",schemaPath:"#/properties/metricVersion/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/metricVersion",schemaPath:"#/properties/metricVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.shots !== undefined){
let data9 = data.shots;
const _errs20 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate25.errors = [{instancePath:instancePath+"/shots",schemaPath:"#/properties/shots/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs20){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 1000000 || isNaN(data9)){
validate25.errors = [{instancePath:instancePath+"/shots",schemaPath:"#/properties/shots/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data9 < 0 || isNaN(data9)){
validate25.errors = [{instancePath:instancePath+"/shots",schemaPath:"#/properties/shots/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.promptDigest !== undefined){
let data10 = data.promptDigest;
const _errs22 = errors;
if(errors === _errs22){
if(typeof data10 === "string"){
if(!pattern7.test(data10)){
validate25.errors = [{instancePath:instancePath+"/promptDigest",schemaPath:"#/properties/promptDigest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate25.errors = [{instancePath:instancePath+"/promptDigest",schemaPath:"#/properties/promptDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs22 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.harness !== undefined){
let data11 = data.harness;
const _errs24 = errors;
if(errors === _errs24){
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
let missing1;
if(((data11.name === undefined) && (missing1 = "name")) || ((data11.version === undefined) && (missing1 = "version"))){
validate25.errors = [{instancePath:instancePath+"/harness",schemaPath:"#/properties/harness/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs26 = errors;
for(const key1 in data11){
if(!((key1 === "name") || (key1 === "version"))){
validate25.errors = [{instancePath:instancePath+"/harness",schemaPath:"#/properties/harness/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs26 === errors){
if(data11.name !== undefined){
let data12 = data11.name;
const _errs27 = errors;
if(errors === _errs27){
if(typeof data12 === "string"){
if(data12.length > 256){
validate25.errors = [{instancePath:instancePath+"/harness/name",schemaPath:"#/properties/harness/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data12.length < 1){
validate25.errors = [{instancePath:instancePath+"/harness/name",schemaPath:"#/properties/harness/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/harness/name",schemaPath:"#/properties/harness/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs27 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data11.version !== undefined){
let data13 = data11.version;
const _errs29 = errors;
if(errors === _errs29){
if(typeof data13 === "string"){
if(data13.length > 256){
validate25.errors = [{instancePath:instancePath+"/harness/version",schemaPath:"#/properties/harness/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data13.length < 1){
validate25.errors = [{instancePath:instancePath+"/harness/version",schemaPath:"#/properties/harness/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/harness/version",schemaPath:"#/properties/harness/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs29 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/harness",schemaPath:"#/properties/harness/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.value !== undefined){
let data14 = data.value;
const _errs31 = errors;
if(!((typeof data14 == "number") && (isFinite(data14)))){
validate25.errors = [{instancePath:instancePath+"/value",schemaPath:"#/properties/value/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid0 = _errs31 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.stderr !== undefined){
let data15 = data.stderr;
const _errs33 = errors;
if(errors === _errs33){
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 < 0 || isNaN(data15)){
validate25.errors = [{instancePath:instancePath+"/stderr",schemaPath:"#/properties/stderr/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate25.errors = [{instancePath:instancePath+"/stderr",schemaPath:"#/properties/stderr/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid0 = _errs33 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.items !== undefined){
let data16 = data.items;
const _errs35 = errors;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
validate25.errors = [{instancePath:instancePath+"/items",schemaPath:"#/properties/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs35){
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 > 9007199254740991 || isNaN(data16)){
validate25.errors = [{instancePath:instancePath+"/items",schemaPath:"#/properties/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data16 < 1 || isNaN(data16)){
validate25.errors = [{instancePath:instancePath+"/items",schemaPath:"#/properties/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs35 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.unit !== undefined){
let data17 = data.unit;
const _errs37 = errors;
if(errors === _errs37){
if(typeof data17 === "string"){
if(data17.length > 256){
validate25.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data17.length < 1){
validate25.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs37 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.higherIsBetter !== undefined){
const _errs39 = errors;
if(typeof data.higherIsBetter !== "boolean"){
validate25.errors = [{instancePath:instancePath+"/higherIsBetter",schemaPath:"#/properties/higherIsBetter/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs39 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.randomBaseline !== undefined){
let data19 = data.randomBaseline;
const _errs41 = errors;
if(!((typeof data19 == "number") && (isFinite(data19)))){
validate25.errors = [{instancePath:instancePath+"/randomBaseline",schemaPath:"#/properties/randomBaseline/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid0 = _errs41 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.method !== undefined){
let data20 = data.method;
const _errs43 = errors;
if(typeof data20 !== "string"){
validate25.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data20 === "measured") || (data20 === "reported")) || (data20 === "declared")) || (data20 === "inferred")) || (data20 === "sampled"))){
validate25.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/enum",keyword:"enum",params:{allowedValues: schema38.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs43 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate25.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate25.errors = vErrors;
return errors === 0;
}
validate25.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const mixtureExperimentAssigned = validate26;
const schema39 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:mixture.experiment.assigned:1.0","title":"mixture.experiment.assigned","x-stream":"experiment/{experimentId}","type":"object","properties":{"experimentId":{"type":"string","maxLength":256,"minLength":1},"design":{"type":"string","enum":["controlled_ablation","swarm","observational"]},"assignment":{"type":"string","enum":["randomised","manual","unknown"]},"randomisation":{"type":"object","properties":{"method":{"type":"string","maxLength":1024,"minLength":1},"seed":{"type":"string","maxLength":256,"minLength":1}},"required":["method","seed"],"additionalProperties":false},"control":{"type":"string","maxLength":256,"minLength":1},"protocol":{"type":"string","maxLength":8192,"minLength":1},"arms":{"type":"array","items":{"type":"object","properties":{"arm":{"type":"string","maxLength":256,"minLength":1},"mixtureId":{"type":"string","maxLength":256,"minLength":1},"role":{"type":"string","enum":["train","held_out"]},"displacement":{"type":"string","pattern":"^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$","maxLength":140}},"required":["arm","mixtureId","role"],"additionalProperties":false},"minItems":1,"maxItems":200}},"required":["experimentId","design","assignment","arms"],"additionalProperties":false};
const pattern10 = new RegExp("^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$", "u");

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:mixture.experiment.assigned:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate26.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.experimentId === undefined) && (missing0 = "experimentId")) || ((data.design === undefined) && (missing0 = "design"))) || ((data.assignment === undefined) && (missing0 = "assignment"))) || ((data.arms === undefined) && (missing0 = "arms"))){
validate26.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((((key0 === "experimentId") || (key0 === "design")) || (key0 === "assignment")) || (key0 === "randomisation")) || (key0 === "control")) || (key0 === "protocol")) || (key0 === "arms"))){
validate26.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.experimentId !== undefined){
let data0 = data.experimentId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate26.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate26.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.design !== undefined){
let data1 = data.design;
const _errs4 = errors;
if(typeof data1 !== "string"){
validate26.errors = [{instancePath:instancePath+"/design",schemaPath:"#/properties/design/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data1 === "controlled_ablation") || (data1 === "swarm")) || (data1 === "observational"))){
validate26.errors = [{instancePath:instancePath+"/design",schemaPath:"#/properties/design/enum",keyword:"enum",params:{allowedValues: schema39.properties.design.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.assignment !== undefined){
let data2 = data.assignment;
const _errs6 = errors;
if(typeof data2 !== "string"){
validate26.errors = [{instancePath:instancePath+"/assignment",schemaPath:"#/properties/assignment/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data2 === "randomised") || (data2 === "manual")) || (data2 === "unknown"))){
validate26.errors = [{instancePath:instancePath+"/assignment",schemaPath:"#/properties/assignment/enum",keyword:"enum",params:{allowedValues: schema39.properties.assignment.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.randomisation !== undefined){
let data3 = data.randomisation;
const _errs8 = errors;
if(errors === _errs8){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing1;
if(((data3.method === undefined) && (missing1 = "method")) || ((data3.seed === undefined) && (missing1 = "seed"))){
validate26.errors = [{instancePath:instancePath+"/randomisation",schemaPath:"#/properties/randomisation/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs10 = errors;
for(const key1 in data3){
if(!((key1 === "method") || (key1 === "seed"))){
validate26.errors = [{instancePath:instancePath+"/randomisation",schemaPath:"#/properties/randomisation/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs10 === errors){
if(data3.method !== undefined){
let data4 = data3.method;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data4 === "string"){
if(data4.length > 1024){
validate26.errors = [{instancePath:instancePath+"/randomisation/method",schemaPath:"#/properties/randomisation/properties/method/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data4.length < 1){
validate26.errors = [{instancePath:instancePath+"/randomisation/method",schemaPath:"#/properties/randomisation/properties/method/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/randomisation/method",schemaPath:"#/properties/randomisation/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data3.seed !== undefined){
let data5 = data3.seed;
const _errs13 = errors;
if(errors === _errs13){
if(typeof data5 === "string"){
if(data5.length > 256){
validate26.errors = [{instancePath:instancePath+"/randomisation/seed",schemaPath:"#/properties/randomisation/properties/seed/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data5.length < 1){
validate26.errors = [{instancePath:instancePath+"/randomisation/seed",schemaPath:"#/properties/randomisation/properties/seed/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/randomisation/seed",schemaPath:"#/properties/randomisation/properties/seed/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs13 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/randomisation",schemaPath:"#/properties/randomisation/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.control !== undefined){
let data6 = data.control;
const _errs15 = errors;
if(errors === _errs15){
if(typeof data6 === "string"){
if(data6.length > 256){
validate26.errors = [{instancePath:instancePath+"/control",schemaPath:"#/properties/control/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate26.errors = [{instancePath:instancePath+"/control",schemaPath:"#/properties/control/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/control",schemaPath:"#/properties/control/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.protocol !== undefined){
let data7 = data.protocol;
const _errs17 = errors;
if(errors === _errs17){
if(typeof data7 === "string"){
if(data7.length > 8192){
validate26.errors = [{instancePath:instancePath+"/protocol",schemaPath:"#/properties/protocol/maxLength",keyword:"maxLength",params:{limit: 8192},message:"must NOT have more than 8192 characters"}];
return false;
}
else {
if(data7.length < 1){
validate26.errors = [{instancePath:instancePath+"/protocol",schemaPath:"#/properties/protocol/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/protocol",schemaPath:"#/properties/protocol/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.arms !== undefined){
let data8 = data.arms;
const _errs19 = errors;
if(errors === _errs19){
if(Array.isArray(data8)){
if(data8.length > 200){
validate26.errors = [{instancePath:instancePath+"/arms",schemaPath:"#/properties/arms/maxItems",keyword:"maxItems",params:{limit: 200},message:"must NOT have more than 200 items"}];
return false;
}
else {
if(data8.length < 1){
validate26.errors = [{instancePath:instancePath+"/arms",schemaPath:"#/properties/arms/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid2 = true;
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
const _errs21 = errors;
if(errors === _errs21){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
let missing2;
if((((data9.arm === undefined) && (missing2 = "arm")) || ((data9.mixtureId === undefined) && (missing2 = "mixtureId"))) || ((data9.role === undefined) && (missing2 = "role"))){
validate26.errors = [{instancePath:instancePath+"/arms/" + i0,schemaPath:"#/properties/arms/items/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs23 = errors;
for(const key2 in data9){
if(!((((key2 === "arm") || (key2 === "mixtureId")) || (key2 === "role")) || (key2 === "displacement"))){
validate26.errors = [{instancePath:instancePath+"/arms/" + i0,schemaPath:"#/properties/arms/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs23 === errors){
if(data9.arm !== undefined){
let data10 = data9.arm;
const _errs24 = errors;
if(errors === _errs24){
if(typeof data10 === "string"){
if(data10.length > 256){
validate26.errors = [{instancePath:instancePath+"/arms/" + i0+"/arm",schemaPath:"#/properties/arms/items/properties/arm/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data10.length < 1){
validate26.errors = [{instancePath:instancePath+"/arms/" + i0+"/arm",schemaPath:"#/properties/arms/items/properties/arm/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/arms/" + i0+"/arm",schemaPath:"#/properties/arms/items/properties/arm/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs24 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.mixtureId !== undefined){
let data11 = data9.mixtureId;
const _errs26 = errors;
if(errors === _errs26){
if(typeof data11 === "string"){
if(data11.length > 256){
validate26.errors = [{instancePath:instancePath+"/arms/" + i0+"/mixtureId",schemaPath:"#/properties/arms/items/properties/mixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data11.length < 1){
validate26.errors = [{instancePath:instancePath+"/arms/" + i0+"/mixtureId",schemaPath:"#/properties/arms/items/properties/mixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/arms/" + i0+"/mixtureId",schemaPath:"#/properties/arms/items/properties/mixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs26 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.role !== undefined){
let data12 = data9.role;
const _errs28 = errors;
if(typeof data12 !== "string"){
validate26.errors = [{instancePath:instancePath+"/arms/" + i0+"/role",schemaPath:"#/properties/arms/items/properties/role/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data12 === "train") || (data12 === "held_out"))){
validate26.errors = [{instancePath:instancePath+"/arms/" + i0+"/role",schemaPath:"#/properties/arms/items/properties/role/enum",keyword:"enum",params:{allowedValues: schema39.properties.arms.items.properties.role.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid3 = _errs28 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.displacement !== undefined){
let data13 = data9.displacement;
const _errs30 = errors;
if(errors === _errs30){
if(typeof data13 === "string"){
if(data13.length > 140){
validate26.errors = [{instancePath:instancePath+"/arms/" + i0+"/displacement",schemaPath:"#/properties/arms/items/properties/displacement/maxLength",keyword:"maxLength",params:{limit: 140},message:"must NOT have more than 140 characters"}];
return false;
}
else {
if(!pattern10.test(data13)){
validate26.errors = [{instancePath:instancePath+"/arms/" + i0+"/displacement",schemaPath:"#/properties/arms/items/properties/displacement/pattern",keyword:"pattern",params:{pattern: "^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$"},message:"must match pattern \""+"^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$"+"\""}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/arms/" + i0+"/displacement",schemaPath:"#/properties/arms/items/properties/displacement/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs30 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/arms/" + i0,schemaPath:"#/properties/arms/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs21 === errors;
if(!valid2){
break;
}
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/arms",schemaPath:"#/properties/arms/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
else {
validate26.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate26.errors = vErrors;
return errors === 0;
}
validate26.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const mixturePlanApproved = validate27;
const schema40 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:mixture.plan.approved:1.0","title":"mixture.plan.approved","x-stream":"mixture/{mixtureId}","type":"object","properties":{"mixtureId":{"type":"string","maxLength":256,"minLength":1},"approvedBy":{"type":"string","maxLength":256,"minLength":1},"note":{"type":"string","maxLength":4096,"minLength":1}},"required":["mixtureId","approvedBy"],"additionalProperties":false};

function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:mixture.plan.approved:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate27.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.mixtureId === undefined) && (missing0 = "mixtureId")) || ((data.approvedBy === undefined) && (missing0 = "approvedBy"))){
validate27.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "mixtureId") || (key0 === "approvedBy")) || (key0 === "note"))){
validate27.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.mixtureId !== undefined){
let data0 = data.mixtureId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate27.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate27.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate27.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.approvedBy !== undefined){
let data1 = data.approvedBy;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 256){
validate27.errors = [{instancePath:instancePath+"/approvedBy",schemaPath:"#/properties/approvedBy/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate27.errors = [{instancePath:instancePath+"/approvedBy",schemaPath:"#/properties/approvedBy/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate27.errors = [{instancePath:instancePath+"/approvedBy",schemaPath:"#/properties/approvedBy/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.note !== undefined){
let data2 = data.note;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 4096){
validate27.errors = [{instancePath:instancePath+"/note",schemaPath:"#/properties/note/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data2.length < 1){
validate27.errors = [{instancePath:instancePath+"/note",schemaPath:"#/properties/note/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate27.errors = [{instancePath:instancePath+"/note",schemaPath:"#/properties/note/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate27.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate27.errors = vErrors;
return errors === 0;
}
validate27.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const mixturePlanDecided = validate28;
const schema41 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:mixture.plan.decided:1.0","title":"mixture.plan.decided","x-stream":"mixture/{mixtureId}","type":"object","properties":{"mixtureId":{"type":"string","maxLength":256,"minLength":1},"experimentId":{"type":"string","maxLength":256,"minLength":1},"taxonomyVersion":{"type":"string","maxLength":256,"minLength":1},"unit":{"type":"string","enum":["token_share","sample_share","epochs","unnormalised"]},"phases":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"fromStep":{"type":"integer","minimum":0,"maximum":9007199254740991},"weights":{"type":"array","items":{"type":"object","properties":{"slice":{"$ref":"#/$defs/slice"},"weight":{"type":"number","minimum":0}},"required":["slice","weight"],"additionalProperties":false},"minItems":1,"maxItems":4096}},"required":["name","fromStep","weights"],"additionalProperties":false},"minItems":1,"maxItems":64},"displacement":{"type":"string","pattern":"^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$","maxLength":140},"parentMixtureId":{"type":"string","maxLength":256,"minLength":1},"rationale":{"type":"string","maxLength":8192,"minLength":1},"alternatives":{"type":"array","items":{"type":"object","properties":{"description":{"type":"string","maxLength":4096,"minLength":1},"mixtureId":{"type":"string","maxLength":256,"minLength":1}},"required":["description"],"additionalProperties":false},"minItems":1,"maxItems":64},"predictedEffects":{"type":"array","items":{"type":"object","properties":{"capability":{"type":"string","maxLength":256,"minLength":1},"effect":{"type":"number"},"unit":{"type":"string","maxLength":256,"minLength":1}},"required":["capability","effect","unit"],"additionalProperties":false},"minItems":1,"maxItems":256},"decidedBy":{"type":"string","maxLength":256,"minLength":1}},"required":["mixtureId","unit","phases","rationale","decidedBy"],"additionalProperties":false,"$defs":{"slice":{"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128}}};
const schema42 = {"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128};

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:mixture.plan.decided:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate28.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.mixtureId === undefined) && (missing0 = "mixtureId")) || ((data.unit === undefined) && (missing0 = "unit"))) || ((data.phases === undefined) && (missing0 = "phases"))) || ((data.rationale === undefined) && (missing0 = "rationale"))) || ((data.decidedBy === undefined) && (missing0 = "decidedBy"))){
validate28.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema41.properties, key0))){
validate28.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.mixtureId !== undefined){
let data0 = data.mixtureId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate28.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate28.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.experimentId !== undefined){
let data1 = data.experimentId;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 256){
validate28.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate28.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.taxonomyVersion !== undefined){
let data2 = data.taxonomyVersion;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 256){
validate28.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate28.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.unit !== undefined){
let data3 = data.unit;
const _errs8 = errors;
if(typeof data3 !== "string"){
validate28.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((((data3 === "token_share") || (data3 === "sample_share")) || (data3 === "epochs")) || (data3 === "unnormalised"))){
validate28.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/enum",keyword:"enum",params:{allowedValues: schema41.properties.unit.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.phases !== undefined){
let data4 = data.phases;
const _errs10 = errors;
if(errors === _errs10){
if(Array.isArray(data4)){
if(data4.length > 64){
validate28.errors = [{instancePath:instancePath+"/phases",schemaPath:"#/properties/phases/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"}];
return false;
}
else {
if(data4.length < 1){
validate28.errors = [{instancePath:instancePath+"/phases",schemaPath:"#/properties/phases/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
const _errs12 = errors;
if(errors === _errs12){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if((((data5.name === undefined) && (missing1 = "name")) || ((data5.fromStep === undefined) && (missing1 = "fromStep"))) || ((data5.weights === undefined) && (missing1 = "weights"))){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0,schemaPath:"#/properties/phases/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs14 = errors;
for(const key1 in data5){
if(!(((key1 === "name") || (key1 === "fromStep")) || (key1 === "weights"))){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0,schemaPath:"#/properties/phases/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs14 === errors){
if(data5.name !== undefined){
let data6 = data5.name;
const _errs15 = errors;
if(errors === _errs15){
if(typeof data6 === "string"){
if(data6.length > 256){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/name",schemaPath:"#/properties/phases/items/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/name",schemaPath:"#/properties/phases/items/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/name",schemaPath:"#/properties/phases/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs15 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.fromStep !== undefined){
let data7 = data5.fromStep;
const _errs17 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/fromStep",schemaPath:"#/properties/phases/items/properties/fromStep/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs17){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 9007199254740991 || isNaN(data7)){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/fromStep",schemaPath:"#/properties/phases/items/properties/fromStep/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data7 < 0 || isNaN(data7)){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/fromStep",schemaPath:"#/properties/phases/items/properties/fromStep/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid2 = _errs17 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.weights !== undefined){
let data8 = data5.weights;
const _errs19 = errors;
if(errors === _errs19){
if(Array.isArray(data8)){
if(data8.length > 4096){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights",schemaPath:"#/properties/phases/items/properties/weights/maxItems",keyword:"maxItems",params:{limit: 4096},message:"must NOT have more than 4096 items"}];
return false;
}
else {
if(data8.length < 1){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights",schemaPath:"#/properties/phases/items/properties/weights/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid3 = true;
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
const _errs21 = errors;
if(errors === _errs21){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
let missing2;
if(((data9.slice === undefined) && (missing2 = "slice")) || ((data9.weight === undefined) && (missing2 = "weight"))){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1,schemaPath:"#/properties/phases/items/properties/weights/items/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs23 = errors;
for(const key2 in data9){
if(!((key2 === "slice") || (key2 === "weight"))){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1,schemaPath:"#/properties/phases/items/properties/weights/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs23 === errors){
if(data9.slice !== undefined){
let data10 = data9.slice;
const _errs24 = errors;
const _errs25 = errors;
if(errors === _errs25){
if(typeof data10 === "string"){
if(data10.length > 128){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/slice",schemaPath:"#/$defs/slice/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern6.test(data10)){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/slice",schemaPath:"#/$defs/slice/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"+"\""}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/slice",schemaPath:"#/$defs/slice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs24 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data9.weight !== undefined){
let data11 = data9.weight;
const _errs27 = errors;
if(errors === _errs27){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 0 || isNaN(data11)){
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/weight",schemaPath:"#/properties/phases/items/properties/weights/items/properties/weight/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/weight",schemaPath:"#/properties/phases/items/properties/weights/items/properties/weight/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid4 = _errs27 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1,schemaPath:"#/properties/phases/items/properties/weights/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs21 === errors;
if(!valid3){
break;
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights",schemaPath:"#/properties/phases/items/properties/weights/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid2 = _errs19 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/phases/" + i0,schemaPath:"#/properties/phases/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs12 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/phases",schemaPath:"#/properties/phases/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.displacement !== undefined){
let data12 = data.displacement;
const _errs29 = errors;
if(errors === _errs29){
if(typeof data12 === "string"){
if(data12.length > 140){
validate28.errors = [{instancePath:instancePath+"/displacement",schemaPath:"#/properties/displacement/maxLength",keyword:"maxLength",params:{limit: 140},message:"must NOT have more than 140 characters"}];
return false;
}
else {
if(!pattern10.test(data12)){
validate28.errors = [{instancePath:instancePath+"/displacement",schemaPath:"#/properties/displacement/pattern",keyword:"pattern",params:{pattern: "^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$"},message:"must match pattern \""+"^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$"+"\""}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/displacement",schemaPath:"#/properties/displacement/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs29 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.parentMixtureId !== undefined){
let data13 = data.parentMixtureId;
const _errs31 = errors;
if(errors === _errs31){
if(typeof data13 === "string"){
if(data13.length > 256){
validate28.errors = [{instancePath:instancePath+"/parentMixtureId",schemaPath:"#/properties/parentMixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data13.length < 1){
validate28.errors = [{instancePath:instancePath+"/parentMixtureId",schemaPath:"#/properties/parentMixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/parentMixtureId",schemaPath:"#/properties/parentMixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs31 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.rationale !== undefined){
let data14 = data.rationale;
const _errs33 = errors;
if(errors === _errs33){
if(typeof data14 === "string"){
if(data14.length > 8192){
validate28.errors = [{instancePath:instancePath+"/rationale",schemaPath:"#/properties/rationale/maxLength",keyword:"maxLength",params:{limit: 8192},message:"must NOT have more than 8192 characters"}];
return false;
}
else {
if(data14.length < 1){
validate28.errors = [{instancePath:instancePath+"/rationale",schemaPath:"#/properties/rationale/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/rationale",schemaPath:"#/properties/rationale/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs33 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.alternatives !== undefined){
let data15 = data.alternatives;
const _errs35 = errors;
if(errors === _errs35){
if(Array.isArray(data15)){
if(data15.length > 64){
validate28.errors = [{instancePath:instancePath+"/alternatives",schemaPath:"#/properties/alternatives/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"}];
return false;
}
else {
if(data15.length < 1){
validate28.errors = [{instancePath:instancePath+"/alternatives",schemaPath:"#/properties/alternatives/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid6 = true;
const len2 = data15.length;
for(let i2=0; i2<len2; i2++){
let data16 = data15[i2];
const _errs37 = errors;
if(errors === _errs37){
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
let missing3;
if((data16.description === undefined) && (missing3 = "description")){
validate28.errors = [{instancePath:instancePath+"/alternatives/" + i2,schemaPath:"#/properties/alternatives/items/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
const _errs39 = errors;
for(const key3 in data16){
if(!((key3 === "description") || (key3 === "mixtureId"))){
validate28.errors = [{instancePath:instancePath+"/alternatives/" + i2,schemaPath:"#/properties/alternatives/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs39 === errors){
if(data16.description !== undefined){
let data17 = data16.description;
const _errs40 = errors;
if(errors === _errs40){
if(typeof data17 === "string"){
if(data17.length > 4096){
validate28.errors = [{instancePath:instancePath+"/alternatives/" + i2+"/description",schemaPath:"#/properties/alternatives/items/properties/description/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data17.length < 1){
validate28.errors = [{instancePath:instancePath+"/alternatives/" + i2+"/description",schemaPath:"#/properties/alternatives/items/properties/description/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/alternatives/" + i2+"/description",schemaPath:"#/properties/alternatives/items/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs40 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data16.mixtureId !== undefined){
let data18 = data16.mixtureId;
const _errs42 = errors;
if(errors === _errs42){
if(typeof data18 === "string"){
if(data18.length > 256){
validate28.errors = [{instancePath:instancePath+"/alternatives/" + i2+"/mixtureId",schemaPath:"#/properties/alternatives/items/properties/mixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data18.length < 1){
validate28.errors = [{instancePath:instancePath+"/alternatives/" + i2+"/mixtureId",schemaPath:"#/properties/alternatives/items/properties/mixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/alternatives/" + i2+"/mixtureId",schemaPath:"#/properties/alternatives/items/properties/mixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs42 === errors;
}
else {
var valid7 = true;
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/alternatives/" + i2,schemaPath:"#/properties/alternatives/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid6 = _errs37 === errors;
if(!valid6){
break;
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/alternatives",schemaPath:"#/properties/alternatives/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs35 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.predictedEffects !== undefined){
let data19 = data.predictedEffects;
const _errs44 = errors;
if(errors === _errs44){
if(Array.isArray(data19)){
if(data19.length > 256){
validate28.errors = [{instancePath:instancePath+"/predictedEffects",schemaPath:"#/properties/predictedEffects/maxItems",keyword:"maxItems",params:{limit: 256},message:"must NOT have more than 256 items"}];
return false;
}
else {
if(data19.length < 1){
validate28.errors = [{instancePath:instancePath+"/predictedEffects",schemaPath:"#/properties/predictedEffects/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid8 = true;
const len3 = data19.length;
for(let i3=0; i3<len3; i3++){
let data20 = data19[i3];
const _errs46 = errors;
if(errors === _errs46){
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
let missing4;
if((((data20.capability === undefined) && (missing4 = "capability")) || ((data20.effect === undefined) && (missing4 = "effect"))) || ((data20.unit === undefined) && (missing4 = "unit"))){
validate28.errors = [{instancePath:instancePath+"/predictedEffects/" + i3,schemaPath:"#/properties/predictedEffects/items/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
const _errs48 = errors;
for(const key4 in data20){
if(!(((key4 === "capability") || (key4 === "effect")) || (key4 === "unit"))){
validate28.errors = [{instancePath:instancePath+"/predictedEffects/" + i3,schemaPath:"#/properties/predictedEffects/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs48 === errors){
if(data20.capability !== undefined){
let data21 = data20.capability;
const _errs49 = errors;
if(errors === _errs49){
if(typeof data21 === "string"){
if(data21.length > 256){
validate28.errors = [{instancePath:instancePath+"/predictedEffects/" + i3+"/capability",schemaPath:"#/properties/predictedEffects/items/properties/capability/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data21.length < 1){
validate28.errors = [{instancePath:instancePath+"/predictedEffects/" + i3+"/capability",schemaPath:"#/properties/predictedEffects/items/properties/capability/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/predictedEffects/" + i3+"/capability",schemaPath:"#/properties/predictedEffects/items/properties/capability/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid9 = _errs49 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data20.effect !== undefined){
let data22 = data20.effect;
const _errs51 = errors;
if(!((typeof data22 == "number") && (isFinite(data22)))){
validate28.errors = [{instancePath:instancePath+"/predictedEffects/" + i3+"/effect",schemaPath:"#/properties/predictedEffects/items/properties/effect/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid9 = _errs51 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data20.unit !== undefined){
let data23 = data20.unit;
const _errs53 = errors;
if(errors === _errs53){
if(typeof data23 === "string"){
if(data23.length > 256){
validate28.errors = [{instancePath:instancePath+"/predictedEffects/" + i3+"/unit",schemaPath:"#/properties/predictedEffects/items/properties/unit/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data23.length < 1){
validate28.errors = [{instancePath:instancePath+"/predictedEffects/" + i3+"/unit",schemaPath:"#/properties/predictedEffects/items/properties/unit/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/predictedEffects/" + i3+"/unit",schemaPath:"#/properties/predictedEffects/items/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid9 = _errs53 === errors;
}
else {
var valid9 = true;
}
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/predictedEffects/" + i3,schemaPath:"#/properties/predictedEffects/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid8 = _errs46 === errors;
if(!valid8){
break;
}
}
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/predictedEffects",schemaPath:"#/properties/predictedEffects/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs44 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.decidedBy !== undefined){
let data24 = data.decidedBy;
const _errs55 = errors;
if(errors === _errs55){
if(typeof data24 === "string"){
if(data24.length > 256){
validate28.errors = [{instancePath:instancePath+"/decidedBy",schemaPath:"#/properties/decidedBy/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data24.length < 1){
validate28.errors = [{instancePath:instancePath+"/decidedBy",schemaPath:"#/properties/decidedBy/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/decidedBy",schemaPath:"#/properties/decidedBy/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs55 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate28.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate28.errors = vErrors;
return errors === 0;
}
validate28.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const mixturePlanSuperseded = validate29;
const schema43 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:mixture.plan.superseded:1.0","title":"mixture.plan.superseded","x-stream":"mixture/{mixtureId}","type":"object","properties":{"mixtureId":{"type":"string","maxLength":256,"minLength":1},"supersededBy":{"type":"string","maxLength":256,"minLength":1},"reason":{"type":"string","maxLength":4096,"minLength":1},"actor":{"type":"string","maxLength":256,"minLength":1}},"required":["mixtureId","supersededBy","reason","actor"],"additionalProperties":false};

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:mixture.plan.superseded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate29.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.mixtureId === undefined) && (missing0 = "mixtureId")) || ((data.supersededBy === undefined) && (missing0 = "supersededBy"))) || ((data.reason === undefined) && (missing0 = "reason"))) || ((data.actor === undefined) && (missing0 = "actor"))){
validate29.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "mixtureId") || (key0 === "supersededBy")) || (key0 === "reason")) || (key0 === "actor"))){
validate29.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.mixtureId !== undefined){
let data0 = data.mixtureId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate29.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate29.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.supersededBy !== undefined){
let data1 = data.supersededBy;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 256){
validate29.errors = [{instancePath:instancePath+"/supersededBy",schemaPath:"#/properties/supersededBy/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate29.errors = [{instancePath:instancePath+"/supersededBy",schemaPath:"#/properties/supersededBy/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/supersededBy",schemaPath:"#/properties/supersededBy/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
let data2 = data.reason;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 4096){
validate29.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data2.length < 1){
validate29.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actor !== undefined){
let data3 = data.actor;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 256){
validate29.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate29.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
else {
validate29.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate29.errors = vErrors;
return errors === 0;
}
validate29.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingCheckpointSaved = validate30;
const schema44 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.checkpoint.saved:1.0","title":"training.checkpoint.saved","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"checkpointId":{"type":"string","maxLength":256,"minLength":1},"step":{"type":"integer","minimum":0,"maximum":9007199254740991},"tokens":{"type":"integer","minimum":0,"maximum":9007199254740991},"uri":{"type":"string","maxLength":2048,"minLength":1},"digest":{"type":"string","pattern":"^[0-9a-f]{64}$"},"bytes":{"type":"integer","minimum":0,"maximum":9007199254740991}},"required":["runId","attempt","checkpointId","step","tokens"],"additionalProperties":false};

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.checkpoint.saved:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate30.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.runId === undefined) && (missing0 = "runId")) || ((data.attempt === undefined) && (missing0 = "attempt"))) || ((data.checkpointId === undefined) && (missing0 = "checkpointId"))) || ((data.step === undefined) && (missing0 = "step"))) || ((data.tokens === undefined) && (missing0 = "tokens"))){
validate30.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "runId") || (key0 === "attempt")) || (key0 === "checkpointId")) || (key0 === "step")) || (key0 === "tokens")) || (key0 === "uri")) || (key0 === "digest")) || (key0 === "bytes"))){
validate30.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.runId !== undefined){
let data0 = data.runId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate30.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate30.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.attempt !== undefined){
let data1 = data.attempt;
const _errs4 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate30.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate30.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate30.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.checkpointId !== undefined){
let data2 = data.checkpointId;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 256){
validate30.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate30.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.step !== undefined){
let data3 = data.step;
const _errs8 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate30.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
validate30.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate30.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokens !== undefined){
let data4 = data.tokens;
const _errs10 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate30.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs10){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 9007199254740991 || isNaN(data4)){
validate30.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data4 < 0 || isNaN(data4)){
validate30.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.uri !== undefined){
let data5 = data.uri;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data5 === "string"){
if(data5.length > 2048){
validate30.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data5.length < 1){
validate30.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.digest !== undefined){
let data6 = data.digest;
const _errs14 = errors;
if(errors === _errs14){
if(typeof data6 === "string"){
if(!pattern7.test(data6)){
validate30.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate30.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.bytes !== undefined){
let data7 = data.bytes;
const _errs16 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate30.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs16){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 9007199254740991 || isNaN(data7)){
validate30.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data7 < 0 || isNaN(data7)){
validate30.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
else {
validate30.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate30.errors = vErrors;
return errors === 0;
}
validate30.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingExposureRecorded = validate31;
const schema45 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.exposure.recorded:1.0","title":"training.exposure.recorded","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"firstStep":{"type":"integer","minimum":0,"maximum":9007199254740991},"lastStep":{"type":"integer","minimum":0,"maximum":9007199254740991},"unit":{"type":"string","enum":["token","byte","share"]},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]},"tokenizer":{"type":"string","maxLength":256,"minLength":1},"amounts":{"type":"array","items":{"type":"object","properties":{"slice":{"$ref":"#/$defs/slice"},"shardId":{"type":"string","maxLength":256,"minLength":1},"amount":{"type":"number","minimum":0}},"required":["slice","amount"],"additionalProperties":false},"minItems":1,"maxItems":10000}},"required":["runId","attempt","firstStep","lastStep","unit","method","amounts"],"additionalProperties":false,"x-telemetry":true,"$defs":{"slice":{"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128}}};
const schema46 = {"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128};

function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.exposure.recorded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate31.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((data.runId === undefined) && (missing0 = "runId")) || ((data.attempt === undefined) && (missing0 = "attempt"))) || ((data.firstStep === undefined) && (missing0 = "firstStep"))) || ((data.lastStep === undefined) && (missing0 = "lastStep"))) || ((data.unit === undefined) && (missing0 = "unit"))) || ((data.method === undefined) && (missing0 = "method"))) || ((data.amounts === undefined) && (missing0 = "amounts"))){
validate31.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "runId") || (key0 === "attempt")) || (key0 === "firstStep")) || (key0 === "lastStep")) || (key0 === "unit")) || (key0 === "method")) || (key0 === "tokenizer")) || (key0 === "amounts"))){
validate31.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.runId !== undefined){
let data0 = data.runId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate31.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate31.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.attempt !== undefined){
let data1 = data.attempt;
const _errs4 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate31.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate31.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate31.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.firstStep !== undefined){
let data2 = data.firstStep;
const _errs6 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate31.errors = [{instancePath:instancePath+"/firstStep",schemaPath:"#/properties/firstStep/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs6){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 9007199254740991 || isNaN(data2)){
validate31.errors = [{instancePath:instancePath+"/firstStep",schemaPath:"#/properties/firstStep/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data2 < 0 || isNaN(data2)){
validate31.errors = [{instancePath:instancePath+"/firstStep",schemaPath:"#/properties/firstStep/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.lastStep !== undefined){
let data3 = data.lastStep;
const _errs8 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate31.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
validate31.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate31.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.unit !== undefined){
let data4 = data.unit;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate31.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data4 === "token") || (data4 === "byte")) || (data4 === "share"))){
validate31.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/enum",keyword:"enum",params:{allowedValues: schema45.properties.unit.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.method !== undefined){
let data5 = data.method;
const _errs12 = errors;
if(typeof data5 !== "string"){
validate31.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data5 === "measured") || (data5 === "reported")) || (data5 === "declared")) || (data5 === "inferred")) || (data5 === "sampled"))){
validate31.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/enum",keyword:"enum",params:{allowedValues: schema45.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokenizer !== undefined){
let data6 = data.tokenizer;
const _errs14 = errors;
if(errors === _errs14){
if(typeof data6 === "string"){
if(data6.length > 256){
validate31.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate31.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.amounts !== undefined){
let data7 = data.amounts;
const _errs16 = errors;
if(errors === _errs16){
if(Array.isArray(data7)){
if(data7.length > 10000){
validate31.errors = [{instancePath:instancePath+"/amounts",schemaPath:"#/properties/amounts/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
if(data7.length < 1){
validate31.errors = [{instancePath:instancePath+"/amounts",schemaPath:"#/properties/amounts/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
const _errs18 = errors;
if(errors === _errs18){
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
let missing1;
if(((data8.slice === undefined) && (missing1 = "slice")) || ((data8.amount === undefined) && (missing1 = "amount"))){
validate31.errors = [{instancePath:instancePath+"/amounts/" + i0,schemaPath:"#/properties/amounts/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs20 = errors;
for(const key1 in data8){
if(!(((key1 === "slice") || (key1 === "shardId")) || (key1 === "amount"))){
validate31.errors = [{instancePath:instancePath+"/amounts/" + i0,schemaPath:"#/properties/amounts/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs20 === errors){
if(data8.slice !== undefined){
let data9 = data8.slice;
const _errs21 = errors;
const _errs22 = errors;
if(errors === _errs22){
if(typeof data9 === "string"){
if(data9.length > 128){
validate31.errors = [{instancePath:instancePath+"/amounts/" + i0+"/slice",schemaPath:"#/$defs/slice/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern6.test(data9)){
validate31.errors = [{instancePath:instancePath+"/amounts/" + i0+"/slice",schemaPath:"#/$defs/slice/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"+"\""}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/amounts/" + i0+"/slice",schemaPath:"#/$defs/slice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs21 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data8.shardId !== undefined){
let data10 = data8.shardId;
const _errs24 = errors;
if(errors === _errs24){
if(typeof data10 === "string"){
if(data10.length > 256){
validate31.errors = [{instancePath:instancePath+"/amounts/" + i0+"/shardId",schemaPath:"#/properties/amounts/items/properties/shardId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data10.length < 1){
validate31.errors = [{instancePath:instancePath+"/amounts/" + i0+"/shardId",schemaPath:"#/properties/amounts/items/properties/shardId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/amounts/" + i0+"/shardId",schemaPath:"#/properties/amounts/items/properties/shardId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs24 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data8.amount !== undefined){
let data11 = data8.amount;
const _errs26 = errors;
if(errors === _errs26){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 0 || isNaN(data11)){
validate31.errors = [{instancePath:instancePath+"/amounts/" + i0+"/amount",schemaPath:"#/properties/amounts/items/properties/amount/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate31.errors = [{instancePath:instancePath+"/amounts/" + i0+"/amount",schemaPath:"#/properties/amounts/items/properties/amount/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid2 = _errs26 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/amounts/" + i0,schemaPath:"#/properties/amounts/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs18 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/amounts",schemaPath:"#/properties/amounts/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
else {
validate31.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate31.errors = vErrors;
return errors === 0;
}
validate31.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingRunEnded = validate32;
const schema47 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.run.ended:1.0","title":"training.run.ended","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"status":{"type":"string","enum":["completed","failed","stopped"]},"lastStep":{"type":"integer","minimum":0,"maximum":9007199254740991},"tokens":{"type":"integer","minimum":0,"maximum":9007199254740991},"reason":{"type":"string","maxLength":4096,"minLength":1}},"required":["runId","attempt","status","lastStep"],"additionalProperties":false};

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.run.ended:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate32.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.runId === undefined) && (missing0 = "runId")) || ((data.attempt === undefined) && (missing0 = "attempt"))) || ((data.status === undefined) && (missing0 = "status"))) || ((data.lastStep === undefined) && (missing0 = "lastStep"))){
validate32.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "runId") || (key0 === "attempt")) || (key0 === "status")) || (key0 === "lastStep")) || (key0 === "tokens")) || (key0 === "reason"))){
validate32.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.runId !== undefined){
let data0 = data.runId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate32.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate32.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate32.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.attempt !== undefined){
let data1 = data.attempt;
const _errs4 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate32.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate32.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate32.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.status !== undefined){
let data2 = data.status;
const _errs6 = errors;
if(typeof data2 !== "string"){
validate32.errors = [{instancePath:instancePath+"/status",schemaPath:"#/properties/status/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data2 === "completed") || (data2 === "failed")) || (data2 === "stopped"))){
validate32.errors = [{instancePath:instancePath+"/status",schemaPath:"#/properties/status/enum",keyword:"enum",params:{allowedValues: schema47.properties.status.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.lastStep !== undefined){
let data3 = data.lastStep;
const _errs8 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate32.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
validate32.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate32.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokens !== undefined){
let data4 = data.tokens;
const _errs10 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate32.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs10){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 9007199254740991 || isNaN(data4)){
validate32.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data4 < 0 || isNaN(data4)){
validate32.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
let data5 = data.reason;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data5 === "string"){
if(data5.length > 4096){
validate32.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data5.length < 1){
validate32.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate32.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
validate32.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate32.errors = vErrors;
return errors === 0;
}
validate32.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingRunStarted = validate33;
const schema48 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.run.started:1.0","title":"training.run.started","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"experimentId":{"type":"string","maxLength":256,"minLength":1},"arm":{"type":"string","maxLength":256,"minLength":1},"mixtureId":{"type":"string","maxLength":256,"minLength":1},"model":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"parameters":{"type":"integer","minimum":0,"maximum":9007199254740991},"architecture":{"type":"string","maxLength":1024,"minLength":1}},"required":["name"],"additionalProperties":false},"tokenizer":{"type":"string","maxLength":256,"minLength":1},"config":{"type":"object","maxProperties":500},"seeds":{"type":"object","properties":{"init":{"type":"integer","minimum":0,"maximum":9007199254740991},"dataOrder":{"type":"integer","minimum":0,"maximum":9007199254740991}},"required":[],"additionalProperties":false},"code":{"type":"object","properties":{"repository":{"type":"string","maxLength":1024,"minLength":1},"revision":{"type":"string","maxLength":256,"minLength":1},"digest":{"type":"string","pattern":"^[0-9a-f]{64}$"}},"required":[],"additionalProperties":false},"tokenBudget":{"type":"integer","minimum":0,"maximum":9007199254740991},"parentCheckpointId":{"type":"string","maxLength":256,"minLength":1},"hardware":{"type":"string","maxLength":1024,"minLength":1}},"required":["runId","attempt","model","config","seeds"],"additionalProperties":false};

function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.run.started:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate33.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.runId === undefined) && (missing0 = "runId")) || ((data.attempt === undefined) && (missing0 = "attempt"))) || ((data.model === undefined) && (missing0 = "model"))) || ((data.config === undefined) && (missing0 = "config"))) || ((data.seeds === undefined) && (missing0 = "seeds"))){
validate33.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema48.properties, key0))){
validate33.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.runId !== undefined){
let data0 = data.runId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate33.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate33.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.attempt !== undefined){
let data1 = data.attempt;
const _errs4 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate33.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate33.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate33.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.experimentId !== undefined){
let data2 = data.experimentId;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 256){
validate33.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate33.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.arm !== undefined){
let data3 = data.arm;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 256){
validate33.errors = [{instancePath:instancePath+"/arm",schemaPath:"#/properties/arm/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate33.errors = [{instancePath:instancePath+"/arm",schemaPath:"#/properties/arm/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/arm",schemaPath:"#/properties/arm/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.mixtureId !== undefined){
let data4 = data.mixtureId;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 256){
validate33.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate33.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.model !== undefined){
let data5 = data.model;
const _errs12 = errors;
if(errors === _errs12){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if((data5.name === undefined) && (missing1 = "name")){
validate33.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs14 = errors;
for(const key1 in data5){
if(!(((key1 === "name") || (key1 === "parameters")) || (key1 === "architecture"))){
validate33.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs14 === errors){
if(data5.name !== undefined){
let data6 = data5.name;
const _errs15 = errors;
if(errors === _errs15){
if(typeof data6 === "string"){
if(data6.length > 256){
validate33.errors = [{instancePath:instancePath+"/model/name",schemaPath:"#/properties/model/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate33.errors = [{instancePath:instancePath+"/model/name",schemaPath:"#/properties/model/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/model/name",schemaPath:"#/properties/model/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs15 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data5.parameters !== undefined){
let data7 = data5.parameters;
const _errs17 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate33.errors = [{instancePath:instancePath+"/model/parameters",schemaPath:"#/properties/model/properties/parameters/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs17){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 9007199254740991 || isNaN(data7)){
validate33.errors = [{instancePath:instancePath+"/model/parameters",schemaPath:"#/properties/model/properties/parameters/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data7 < 0 || isNaN(data7)){
validate33.errors = [{instancePath:instancePath+"/model/parameters",schemaPath:"#/properties/model/properties/parameters/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid1 = _errs17 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data5.architecture !== undefined){
let data8 = data5.architecture;
const _errs19 = errors;
if(errors === _errs19){
if(typeof data8 === "string"){
if(data8.length > 1024){
validate33.errors = [{instancePath:instancePath+"/model/architecture",schemaPath:"#/properties/model/properties/architecture/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data8.length < 1){
validate33.errors = [{instancePath:instancePath+"/model/architecture",schemaPath:"#/properties/model/properties/architecture/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/model/architecture",schemaPath:"#/properties/model/properties/architecture/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs19 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokenizer !== undefined){
let data9 = data.tokenizer;
const _errs21 = errors;
if(errors === _errs21){
if(typeof data9 === "string"){
if(data9.length > 256){
validate33.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data9.length < 1){
validate33.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs21 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.config !== undefined){
let data10 = data.config;
const _errs23 = errors;
if(errors === _errs23){
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(Object.keys(data10).length > 500){
validate33.errors = [{instancePath:instancePath+"/config",schemaPath:"#/properties/config/maxProperties",keyword:"maxProperties",params:{limit: 500},message:"must NOT have more than 500 properties"}];
return false;
}
}
else {
validate33.errors = [{instancePath:instancePath+"/config",schemaPath:"#/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seeds !== undefined){
let data11 = data.seeds;
const _errs25 = errors;
if(errors === _errs25){
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
const _errs27 = errors;
for(const key2 in data11){
if(!((key2 === "init") || (key2 === "dataOrder"))){
validate33.errors = [{instancePath:instancePath+"/seeds",schemaPath:"#/properties/seeds/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs27 === errors){
if(data11.init !== undefined){
let data12 = data11.init;
const _errs28 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate33.errors = [{instancePath:instancePath+"/seeds/init",schemaPath:"#/properties/seeds/properties/init/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs28){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 9007199254740991 || isNaN(data12)){
validate33.errors = [{instancePath:instancePath+"/seeds/init",schemaPath:"#/properties/seeds/properties/init/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data12 < 0 || isNaN(data12)){
validate33.errors = [{instancePath:instancePath+"/seeds/init",schemaPath:"#/properties/seeds/properties/init/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid2 = _errs28 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data11.dataOrder !== undefined){
let data13 = data11.dataOrder;
const _errs30 = errors;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
validate33.errors = [{instancePath:instancePath+"/seeds/dataOrder",schemaPath:"#/properties/seeds/properties/dataOrder/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs30){
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 9007199254740991 || isNaN(data13)){
validate33.errors = [{instancePath:instancePath+"/seeds/dataOrder",schemaPath:"#/properties/seeds/properties/dataOrder/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data13 < 0 || isNaN(data13)){
validate33.errors = [{instancePath:instancePath+"/seeds/dataOrder",schemaPath:"#/properties/seeds/properties/dataOrder/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid2 = _errs30 === errors;
}
else {
var valid2 = true;
}
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/seeds",schemaPath:"#/properties/seeds/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs25 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.code !== undefined){
let data14 = data.code;
const _errs32 = errors;
if(errors === _errs32){
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
const _errs34 = errors;
for(const key3 in data14){
if(!(((key3 === "repository") || (key3 === "revision")) || (key3 === "digest"))){
validate33.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs34 === errors){
if(data14.repository !== undefined){
let data15 = data14.repository;
const _errs35 = errors;
if(errors === _errs35){
if(typeof data15 === "string"){
if(data15.length > 1024){
validate33.errors = [{instancePath:instancePath+"/code/repository",schemaPath:"#/properties/code/properties/repository/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data15.length < 1){
validate33.errors = [{instancePath:instancePath+"/code/repository",schemaPath:"#/properties/code/properties/repository/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/code/repository",schemaPath:"#/properties/code/properties/repository/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs35 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data14.revision !== undefined){
let data16 = data14.revision;
const _errs37 = errors;
if(errors === _errs37){
if(typeof data16 === "string"){
if(data16.length > 256){
validate33.errors = [{instancePath:instancePath+"/code/revision",schemaPath:"#/properties/code/properties/revision/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data16.length < 1){
validate33.errors = [{instancePath:instancePath+"/code/revision",schemaPath:"#/properties/code/properties/revision/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/code/revision",schemaPath:"#/properties/code/properties/revision/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs37 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data14.digest !== undefined){
let data17 = data14.digest;
const _errs39 = errors;
if(errors === _errs39){
if(typeof data17 === "string"){
if(!pattern7.test(data17)){
validate33.errors = [{instancePath:instancePath+"/code/digest",schemaPath:"#/properties/code/properties/digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate33.errors = [{instancePath:instancePath+"/code/digest",schemaPath:"#/properties/code/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs39 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs32 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokenBudget !== undefined){
let data18 = data.tokenBudget;
const _errs41 = errors;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
validate33.errors = [{instancePath:instancePath+"/tokenBudget",schemaPath:"#/properties/tokenBudget/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs41){
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 9007199254740991 || isNaN(data18)){
validate33.errors = [{instancePath:instancePath+"/tokenBudget",schemaPath:"#/properties/tokenBudget/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data18 < 0 || isNaN(data18)){
validate33.errors = [{instancePath:instancePath+"/tokenBudget",schemaPath:"#/properties/tokenBudget/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs41 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.parentCheckpointId !== undefined){
let data19 = data.parentCheckpointId;
const _errs43 = errors;
if(errors === _errs43){
if(typeof data19 === "string"){
if(data19.length > 256){
validate33.errors = [{instancePath:instancePath+"/parentCheckpointId",schemaPath:"#/properties/parentCheckpointId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data19.length < 1){
validate33.errors = [{instancePath:instancePath+"/parentCheckpointId",schemaPath:"#/properties/parentCheckpointId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/parentCheckpointId",schemaPath:"#/properties/parentCheckpointId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs43 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.hardware !== undefined){
let data20 = data.hardware;
const _errs45 = errors;
if(errors === _errs45){
if(typeof data20 === "string"){
if(data20.length > 1024){
validate33.errors = [{instancePath:instancePath+"/hardware",schemaPath:"#/properties/hardware/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data20.length < 1){
validate33.errors = [{instancePath:instancePath+"/hardware",schemaPath:"#/properties/hardware/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/hardware",schemaPath:"#/properties/hardware/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs45 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate33.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate33.errors = vErrors;
return errors === 0;
}
validate33.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingStepsRecorded = validate34;
const schema49 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.steps.recorded:1.0","title":"training.steps.recorded","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"steps":{"type":"array","items":{"type":"integer","minimum":0,"maximum":9007199254740991},"minItems":1,"maxItems":1024},"columns":{"type":"object","propertyNames":{"maxLength":64,"minLength":1},"additionalProperties":{"type":"array","items":{"type":["number","null"]},"minItems":1,"maxItems":1024},"minProperties":1,"maxProperties":64},"nonfinite":{"type":"object","propertyNames":{"maxLength":64,"minLength":1},"additionalProperties":{"type":"array","items":{"type":"object","properties":{"index":{"type":"integer","minimum":0,"maximum":9007199254740991},"value":{"type":"string","enum":["nan","+inf","-inf"]}},"required":["index","value"],"additionalProperties":false},"minItems":1,"maxItems":1024},"maxProperties":64}},"required":["runId","attempt","steps","columns"],"additionalProperties":false,"x-telemetry":true};

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.steps.recorded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate34.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.runId === undefined) && (missing0 = "runId")) || ((data.attempt === undefined) && (missing0 = "attempt"))) || ((data.steps === undefined) && (missing0 = "steps"))) || ((data.columns === undefined) && (missing0 = "columns"))){
validate34.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "runId") || (key0 === "attempt")) || (key0 === "steps")) || (key0 === "columns")) || (key0 === "nonfinite"))){
validate34.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.runId !== undefined){
let data0 = data.runId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate34.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate34.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.attempt !== undefined){
let data1 = data.attempt;
const _errs4 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate34.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate34.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate34.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.steps !== undefined){
let data2 = data.steps;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data2)){
if(data2.length > 1024){
validate34.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/maxItems",keyword:"maxItems",params:{limit: 1024},message:"must NOT have more than 1024 items"}];
return false;
}
else {
if(data2.length < 1){
validate34.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
const _errs8 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate34.errors = [{instancePath:instancePath+"/steps/" + i0,schemaPath:"#/properties/steps/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
validate34.errors = [{instancePath:instancePath+"/steps/" + i0,schemaPath:"#/properties/steps/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate34.errors = [{instancePath:instancePath+"/steps/" + i0,schemaPath:"#/properties/steps/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid1 = _errs8 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.columns !== undefined){
let data4 = data.columns;
const _errs10 = errors;
if(errors === _errs10){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length > 64){
validate34.errors = [{instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/maxProperties",keyword:"maxProperties",params:{limit: 64},message:"must NOT have more than 64 properties"}];
return false;
}
else {
if(Object.keys(data4).length < 1){
validate34.errors = [{instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"}];
return false;
}
else {
for(const key1 in data4){
const _errs12 = errors;
if(typeof key1 === "string"){
if(key1.length > 64){
const err0 = {instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/propertyNames/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters",propertyName:key1};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
else {
if(key1.length < 1){
const err1 = {instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/propertyNames/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",propertyName:key1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
var valid2 = _errs12 === errors;
if(!valid2){
const err2 = {instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
validate34.errors = vErrors;
return false;
break;
}
}
if(valid2){
for(const key2 in data4){
let data5 = data4[key2];
const _errs14 = errors;
if(errors === _errs14){
if(Array.isArray(data5)){
if(data5.length > 1024){
validate34.errors = [{instancePath:instancePath+"/columns/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/columns/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 1024},message:"must NOT have more than 1024 items"}];
return false;
}
else {
if(data5.length < 1){
validate34.errors = [{instancePath:instancePath+"/columns/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/columns/additionalProperties/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid4 = true;
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
const _errs16 = errors;
if((!((typeof data6 == "number") && (isFinite(data6)))) && (data6 !== null)){
validate34.errors = [{instancePath:instancePath+"/columns/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i1,schemaPath:"#/properties/columns/additionalProperties/items/type",keyword:"type",params:{type: schema49.properties.columns.additionalProperties.items.type},message:"must be number,null"}];
return false;
}
var valid4 = _errs16 === errors;
if(!valid4){
break;
}
}
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/columns/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/columns/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid3 = _errs14 === errors;
if(!valid3){
break;
}
}
}
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.nonfinite !== undefined){
let data7 = data.nonfinite;
const _errs18 = errors;
if(errors === _errs18){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length > 64){
validate34.errors = [{instancePath:instancePath+"/nonfinite",schemaPath:"#/properties/nonfinite/maxProperties",keyword:"maxProperties",params:{limit: 64},message:"must NOT have more than 64 properties"}];
return false;
}
else {
for(const key3 in data7){
const _errs20 = errors;
if(typeof key3 === "string"){
if(key3.length > 64){
const err3 = {instancePath:instancePath+"/nonfinite",schemaPath:"#/properties/nonfinite/propertyNames/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters",propertyName:key3};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
if(key3.length < 1){
const err4 = {instancePath:instancePath+"/nonfinite",schemaPath:"#/properties/nonfinite/propertyNames/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",propertyName:key3};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
var valid5 = _errs20 === errors;
if(!valid5){
const err5 = {instancePath:instancePath+"/nonfinite",schemaPath:"#/properties/nonfinite/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
validate34.errors = vErrors;
return false;
break;
}
}
if(valid5){
for(const key4 in data7){
let data8 = data7[key4];
const _errs22 = errors;
if(errors === _errs22){
if(Array.isArray(data8)){
if(data8.length > 1024){
validate34.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/nonfinite/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 1024},message:"must NOT have more than 1024 items"}];
return false;
}
else {
if(data8.length < 1){
validate34.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/nonfinite/additionalProperties/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid7 = true;
const len2 = data8.length;
for(let i2=0; i2<len2; i2++){
let data9 = data8[i2];
const _errs24 = errors;
if(errors === _errs24){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
let missing1;
if(((data9.index === undefined) && (missing1 = "index")) || ((data9.value === undefined) && (missing1 = "value"))){
validate34.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2,schemaPath:"#/properties/nonfinite/additionalProperties/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs26 = errors;
for(const key5 in data9){
if(!((key5 === "index") || (key5 === "value"))){
validate34.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2,schemaPath:"#/properties/nonfinite/additionalProperties/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs26 === errors){
if(data9.index !== undefined){
let data10 = data9.index;
const _errs27 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
validate34.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2+"/index",schemaPath:"#/properties/nonfinite/additionalProperties/items/properties/index/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs27){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 9007199254740991 || isNaN(data10)){
validate34.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2+"/index",schemaPath:"#/properties/nonfinite/additionalProperties/items/properties/index/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data10 < 0 || isNaN(data10)){
validate34.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2+"/index",schemaPath:"#/properties/nonfinite/additionalProperties/items/properties/index/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid8 = _errs27 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data9.value !== undefined){
let data11 = data9.value;
const _errs29 = errors;
if(typeof data11 !== "string"){
validate34.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2+"/value",schemaPath:"#/properties/nonfinite/additionalProperties/items/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data11 === "nan") || (data11 === "+inf")) || (data11 === "-inf"))){
validate34.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2+"/value",schemaPath:"#/properties/nonfinite/additionalProperties/items/properties/value/enum",keyword:"enum",params:{allowedValues: schema49.properties.nonfinite.additionalProperties.items.properties.value.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid8 = _errs29 === errors;
}
else {
var valid8 = true;
}
}
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2,schemaPath:"#/properties/nonfinite/additionalProperties/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid7 = _errs24 === errors;
if(!valid7){
break;
}
}
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/nonfinite/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid6 = _errs22 === errors;
if(!valid6){
break;
}
}
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/nonfinite",schemaPath:"#/properties/nonfinite/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
else {
validate34.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate34.errors = vErrors;
return errors === 0;
}
validate34.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
