// Generated from schemas/ by `npm run codegen`. Do not edit.
// @ts-nocheck
"use strict";
export const envelope = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:envelope:1.0","title":"envelope","type":"object","properties":{"specversion":{"type":"string","const":"1.0"},"id":{"type":"string","minLength":1,"maxLength":256},"source":{"type":"string","minLength":1,"maxLength":1024},"type":{"type":"string","minLength":1,"maxLength":256},"time":{"type":"string","pattern":"^20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-][01]\\d:[0-5]\\d)$","maxLength":40},"subject":{"type":"string","minLength":1,"maxLength":1024},"datacontenttype":{"type":"string","pattern":"^application/([a-z.+-]+\\+)?json(;.*)?$","maxLength":128},"dataschema":{"type":"string","minLength":1,"maxLength":512},"data":{"type":"object"},"dataref":{"type":"string","pattern":"^urn:sha256:[0-9a-f]{64}$"},"datadigest":{"type":"string","pattern":"^sha256:[0-9a-f]{64}$"},"datasize":{"type":"integer","minimum":0},"corrects":{"type":"string","minLength":1,"maxLength":256},"correctssource":{"type":"string","minLength":1,"maxLength":1024},"correctionreason":{"type":"string","minLength":1,"maxLength":4096},"actor":{"type":"string","minLength":1,"maxLength":256},"recordtime":false,"logseq":false,"ingestedby":false,"clockskewms":false,"schemadigest":false},"required":["specversion","id","source","type"],"anyOf":[{"properties":{"data":true},"required":["data"]},{"properties":{"dataref":true,"datadigest":true},"required":["dataref","datadigest"]}],"additionalProperties":{"type":["string","integer","boolean"],"maxLength":2048},"dependentRequired":{"corrects":["correctionreason","actor"]}};
const func1 = Object.prototype.hasOwnProperty;
const pattern4 = new RegExp("^20\\d\\d-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-][01]\\d:[0-5]\\d)$", "u");
const pattern5 = new RegExp("^application/([a-z.+-]+\\+)?json(;.*)?$", "u");
const pattern6 = new RegExp("^urn:sha256:[0-9a-f]{64}$", "u");
const pattern7 = new RegExp("^sha256:[0-9a-f]{64}$", "u");

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
const _errs1 = errors;
let valid0 = false;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.data === undefined) && (missing0 = "data")){
const err0 = {instancePath,schemaPath:"#/anyOf/0/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
var props0 = {};
props0.data = true;
}
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if(((data.dataref === undefined) && (missing1 = "dataref")) || ((data.datadigest === undefined) && (missing1 = "datadigest"))){
const err1 = {instancePath,schemaPath:"#/anyOf/1/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
valid0 = valid0 || _valid0;
if(_valid0){
if(props0 !== true){
props0 = props0 || {};
props0.dataref = true;
props0.datadigest = true;
}
}
if(!valid0){
const err2 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
validate20.errors = vErrors;
return false;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if(((((data.specversion === undefined) && (missing2 = "specversion")) || ((data.id === undefined) && (missing2 = "id"))) || ((data.source === undefined) && (missing2 = "source"))) || ((data.type === undefined) && (missing2 = "type"))){
validate20.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs4 = errors;
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
let data0 = data[key0];
const _errs5 = errors;
if(((typeof data0 !== "string") && (!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0))))) && (typeof data0 !== "boolean")){
validate20.errors = [{instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: schema31.additionalProperties.type},message:"must be string,integer,boolean"}];
return false;
}
if(errors === _errs5){
if(typeof data0 === "string"){
if(data0.length > 2048){
validate20.errors = [{instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
}
}
var valid1 = _errs5 === errors;
if(!valid1){
break;
}
}
}
if(_errs4 === errors){
if(data.specversion !== undefined){
let data1 = data.specversion;
const _errs7 = errors;
if(typeof data1 !== "string"){
validate20.errors = [{instancePath:instancePath+"/specversion",schemaPath:"#/properties/specversion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if("1.0" !== data1){
validate20.errors = [{instancePath:instancePath+"/specversion",schemaPath:"#/properties/specversion/const",keyword:"const",params:{allowedValue: "1.0"},message:"must be equal to constant"}];
return false;
}
var valid2 = _errs7 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.id !== undefined){
let data2 = data.id;
const _errs9 = errors;
if(errors === _errs9){
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
var valid2 = _errs9 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.source !== undefined){
let data3 = data.source;
const _errs11 = errors;
if(errors === _errs11){
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
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.type !== undefined){
let data4 = data.type;
const _errs13 = errors;
if(errors === _errs13){
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
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.time !== undefined){
let data5 = data.time;
const _errs15 = errors;
if(errors === _errs15){
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
var valid2 = _errs15 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.subject !== undefined){
let data6 = data.subject;
const _errs17 = errors;
if(errors === _errs17){
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
var valid2 = _errs17 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.datacontenttype !== undefined){
let data7 = data.datacontenttype;
const _errs19 = errors;
if(errors === _errs19){
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
var valid2 = _errs19 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.dataschema !== undefined){
let data8 = data.dataschema;
const _errs21 = errors;
if(errors === _errs21){
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
var valid2 = _errs21 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.data !== undefined){
let data9 = data.data;
const _errs23 = errors;
if(!(data9 && typeof data9 == "object" && !Array.isArray(data9))){
validate20.errors = [{instancePath:instancePath+"/data",schemaPath:"#/properties/data/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
var valid2 = _errs23 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.dataref !== undefined){
let data10 = data.dataref;
const _errs25 = errors;
if(errors === _errs25){
if(typeof data10 === "string"){
if(!pattern6.test(data10)){
validate20.errors = [{instancePath:instancePath+"/dataref",schemaPath:"#/properties/dataref/pattern",keyword:"pattern",params:{pattern: "^urn:sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^urn:sha256:[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate20.errors = [{instancePath:instancePath+"/dataref",schemaPath:"#/properties/dataref/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs25 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.datadigest !== undefined){
let data11 = data.datadigest;
const _errs27 = errors;
if(errors === _errs27){
if(typeof data11 === "string"){
if(!pattern7.test(data11)){
validate20.errors = [{instancePath:instancePath+"/datadigest",schemaPath:"#/properties/datadigest/pattern",keyword:"pattern",params:{pattern: "^sha256:[0-9a-f]{64}$"},message:"must match pattern \""+"^sha256:[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate20.errors = [{instancePath:instancePath+"/datadigest",schemaPath:"#/properties/datadigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs27 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.datasize !== undefined){
let data12 = data.datasize;
const _errs29 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate20.errors = [{instancePath:instancePath+"/datasize",schemaPath:"#/properties/datasize/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs29){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 < 0 || isNaN(data12)){
validate20.errors = [{instancePath:instancePath+"/datasize",schemaPath:"#/properties/datasize/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
var valid2 = _errs29 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.corrects !== undefined){
let data13 = data.corrects;
const _errs31 = errors;
if(errors === _errs31){
if(typeof data13 === "string"){
if(data13.length > 256){
validate20.errors = [{instancePath:instancePath+"/corrects",schemaPath:"#/properties/corrects/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data13.length < 1){
validate20.errors = [{instancePath:instancePath+"/corrects",schemaPath:"#/properties/corrects/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/corrects",schemaPath:"#/properties/corrects/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs31 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.correctssource !== undefined){
let data14 = data.correctssource;
const _errs33 = errors;
if(errors === _errs33){
if(typeof data14 === "string"){
if(data14.length > 1024){
validate20.errors = [{instancePath:instancePath+"/correctssource",schemaPath:"#/properties/correctssource/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data14.length < 1){
validate20.errors = [{instancePath:instancePath+"/correctssource",schemaPath:"#/properties/correctssource/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/correctssource",schemaPath:"#/properties/correctssource/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs33 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.correctionreason !== undefined){
let data15 = data.correctionreason;
const _errs35 = errors;
if(errors === _errs35){
if(typeof data15 === "string"){
if(data15.length > 4096){
validate20.errors = [{instancePath:instancePath+"/correctionreason",schemaPath:"#/properties/correctionreason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data15.length < 1){
validate20.errors = [{instancePath:instancePath+"/correctionreason",schemaPath:"#/properties/correctionreason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/correctionreason",schemaPath:"#/properties/correctionreason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs35 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.actor !== undefined){
let data16 = data.actor;
const _errs37 = errors;
if(errors === _errs37){
if(typeof data16 === "string"){
if(data16.length > 256){
validate20.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data16.length < 1){
validate20.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate20.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs37 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.recordtime !== undefined){
var valid2 = false;
validate20.errors = [{instancePath:instancePath+"/recordtime",schemaPath:"#/properties/recordtime/false schema",keyword:"false schema",params:{},message:"boolean schema is false"}];
return false;
}
else {
var valid2 = true;
}
if(valid2){
if(data.logseq !== undefined){
var valid2 = false;
validate20.errors = [{instancePath:instancePath+"/logseq",schemaPath:"#/properties/logseq/false schema",keyword:"false schema",params:{},message:"boolean schema is false"}];
return false;
}
else {
var valid2 = true;
}
if(valid2){
if(data.ingestedby !== undefined){
var valid2 = false;
validate20.errors = [{instancePath:instancePath+"/ingestedby",schemaPath:"#/properties/ingestedby/false schema",keyword:"false schema",params:{},message:"boolean schema is false"}];
return false;
}
else {
var valid2 = true;
}
if(valid2){
if(data.clockskewms !== undefined){
var valid2 = false;
validate20.errors = [{instancePath:instancePath+"/clockskewms",schemaPath:"#/properties/clockskewms/false schema",keyword:"false schema",params:{},message:"boolean schema is false"}];
return false;
}
else {
var valid2 = true;
}
if(valid2){
if(data.schemadigest !== undefined){
var valid2 = false;
validate20.errors = [{instancePath:instancePath+"/schemadigest",schemaPath:"#/properties/schemadigest/false schema",keyword:"false schema",params:{},message:"boolean schema is false"}];
return false;
}
else {
var valid2 = true;
}
if(valid2){
let missing3;
if(data.corrects !== undefined && (((data.correctionreason === undefined) && (missing3 = "correctionreason")) || ((data.actor === undefined) && (missing3 = "actor")))){
validate20.errors = [{instancePath,schemaPath:"#/dependentRequired",keyword:"dependentRequired",params:{property: "corrects",
    missingProperty: missing3,
    depsCount: 2,
    deps: "correctionreason, actor"},message:"must have properties correctionreason, actor when property corrects is present"}];
return false;
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

export const attributionQuestionAnswered = validate21;
const schema32 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:attribution.question.answered:1.1","title":"attribution.question.answered","x-stream":"question/{questionId}","type":"object","properties":{"questionId":{"type":"string","maxLength":256,"minLength":1},"estimator":{"type":"object","properties":{"id":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1}},"required":["id","version"],"additionalProperties":false},"inputPosition":{"type":"string","maxLength":512,"minLength":1},"result":{"type":"object","maxProperties":200},"resultDigest":{"type":"string","pattern":"^[0-9a-f]{64}$"},"evidence":{"type":"array","items":{"type":"string","maxLength":512,"minLength":1},"maxItems":10000},"uses":{"type":"array","items":{"type":"string","maxLength":2048,"minLength":1},"maxItems":10000}},"required":["questionId","estimator","inputPosition","result","resultDigest"],"additionalProperties":false};
const pattern8 = new RegExp("^[0-9a-f]{64}$", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:attribution.question.answered:1.1" */;
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
if((((((data.questionId === undefined) && (missing0 = "questionId")) || ((data.estimator === undefined) && (missing0 = "estimator"))) || ((data.inputPosition === undefined) && (missing0 = "inputPosition"))) || ((data.result === undefined) && (missing0 = "result"))) || ((data.resultDigest === undefined) && (missing0 = "resultDigest"))){
validate21.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((((key0 === "questionId") || (key0 === "estimator")) || (key0 === "inputPosition")) || (key0 === "result")) || (key0 === "resultDigest")) || (key0 === "evidence")) || (key0 === "uses"))){
validate21.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.questionId !== undefined){
let data0 = data.questionId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate21.errors = [{instancePath:instancePath+"/questionId",schemaPath:"#/properties/questionId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate21.errors = [{instancePath:instancePath+"/questionId",schemaPath:"#/properties/questionId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/questionId",schemaPath:"#/properties/questionId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.estimator !== undefined){
let data1 = data.estimator;
const _errs4 = errors;
if(errors === _errs4){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing1;
if(((data1.id === undefined) && (missing1 = "id")) || ((data1.version === undefined) && (missing1 = "version"))){
validate21.errors = [{instancePath:instancePath+"/estimator",schemaPath:"#/properties/estimator/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs6 = errors;
for(const key1 in data1){
if(!((key1 === "id") || (key1 === "version"))){
validate21.errors = [{instancePath:instancePath+"/estimator",schemaPath:"#/properties/estimator/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs6 === errors){
if(data1.id !== undefined){
let data2 = data1.id;
const _errs7 = errors;
if(errors === _errs7){
if(typeof data2 === "string"){
if(data2.length > 256){
validate21.errors = [{instancePath:instancePath+"/estimator/id",schemaPath:"#/properties/estimator/properties/id/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate21.errors = [{instancePath:instancePath+"/estimator/id",schemaPath:"#/properties/estimator/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/estimator/id",schemaPath:"#/properties/estimator/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs7 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data1.version !== undefined){
let data3 = data1.version;
const _errs9 = errors;
if(errors === _errs9){
if(typeof data3 === "string"){
if(data3.length > 256){
validate21.errors = [{instancePath:instancePath+"/estimator/version",schemaPath:"#/properties/estimator/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate21.errors = [{instancePath:instancePath+"/estimator/version",schemaPath:"#/properties/estimator/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/estimator/version",schemaPath:"#/properties/estimator/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/estimator",schemaPath:"#/properties/estimator/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.inputPosition !== undefined){
let data4 = data.inputPosition;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data4 === "string"){
if(data4.length > 512){
validate21.errors = [{instancePath:instancePath+"/inputPosition",schemaPath:"#/properties/inputPosition/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data4.length < 1){
validate21.errors = [{instancePath:instancePath+"/inputPosition",schemaPath:"#/properties/inputPosition/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/inputPosition",schemaPath:"#/properties/inputPosition/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.result !== undefined){
let data5 = data.result;
const _errs13 = errors;
if(errors === _errs13){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(Object.keys(data5).length > 200){
validate21.errors = [{instancePath:instancePath+"/result",schemaPath:"#/properties/result/maxProperties",keyword:"maxProperties",params:{limit: 200},message:"must NOT have more than 200 properties"}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/result",schemaPath:"#/properties/result/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs13 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.resultDigest !== undefined){
let data6 = data.resultDigest;
const _errs15 = errors;
if(errors === _errs15){
if(typeof data6 === "string"){
if(!pattern8.test(data6)){
validate21.errors = [{instancePath:instancePath+"/resultDigest",schemaPath:"#/properties/resultDigest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate21.errors = [{instancePath:instancePath+"/resultDigest",schemaPath:"#/properties/resultDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.evidence !== undefined){
let data7 = data.evidence;
const _errs17 = errors;
if(errors === _errs17){
if(Array.isArray(data7)){
if(data7.length > 10000){
validate21.errors = [{instancePath:instancePath+"/evidence",schemaPath:"#/properties/evidence/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
var valid2 = true;
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
const _errs19 = errors;
if(errors === _errs19){
if(typeof data8 === "string"){
if(data8.length > 512){
validate21.errors = [{instancePath:instancePath+"/evidence/" + i0,schemaPath:"#/properties/evidence/items/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data8.length < 1){
validate21.errors = [{instancePath:instancePath+"/evidence/" + i0,schemaPath:"#/properties/evidence/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/evidence/" + i0,schemaPath:"#/properties/evidence/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs19 === errors;
if(!valid2){
break;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/evidence",schemaPath:"#/properties/evidence/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.uses !== undefined){
let data9 = data.uses;
const _errs21 = errors;
if(errors === _errs21){
if(Array.isArray(data9)){
if(data9.length > 10000){
validate21.errors = [{instancePath:instancePath+"/uses",schemaPath:"#/properties/uses/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
var valid3 = true;
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
const _errs23 = errors;
if(errors === _errs23){
if(typeof data10 === "string"){
if(data10.length > 2048){
validate21.errors = [{instancePath:instancePath+"/uses/" + i1,schemaPath:"#/properties/uses/items/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data10.length < 1){
validate21.errors = [{instancePath:instancePath+"/uses/" + i1,schemaPath:"#/properties/uses/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/uses/" + i1,schemaPath:"#/properties/uses/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs23 === errors;
if(!valid3){
break;
}
}
}
}
else {
validate21.errors = [{instancePath:instancePath+"/uses",schemaPath:"#/properties/uses/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs21 === errors;
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
validate21.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const attributionQuestionAsked = validate22;
const schema33 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:attribution.question.asked:1.0","title":"attribution.question.asked","x-stream":"question/{questionId}","type":"object","properties":{"questionId":{"type":"string","maxLength":256,"minLength":1},"question":{"type":"object","maxProperties":100},"askedBy":{"type":"string","maxLength":256,"minLength":1},"registered":{"type":"boolean"}},"required":["questionId","question"],"additionalProperties":false};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:attribution.question.asked:1.0" */;
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
if(((data.questionId === undefined) && (missing0 = "questionId")) || ((data.question === undefined) && (missing0 = "question"))){
validate22.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "questionId") || (key0 === "question")) || (key0 === "askedBy")) || (key0 === "registered"))){
validate22.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.questionId !== undefined){
let data0 = data.questionId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate22.errors = [{instancePath:instancePath+"/questionId",schemaPath:"#/properties/questionId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate22.errors = [{instancePath:instancePath+"/questionId",schemaPath:"#/properties/questionId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/questionId",schemaPath:"#/properties/questionId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.question !== undefined){
let data1 = data.question;
const _errs4 = errors;
if(errors === _errs4){
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(Object.keys(data1).length > 100){
validate22.errors = [{instancePath:instancePath+"/question",schemaPath:"#/properties/question/maxProperties",keyword:"maxProperties",params:{limit: 100},message:"must NOT have more than 100 properties"}];
return false;
}
}
else {
validate22.errors = [{instancePath:instancePath+"/question",schemaPath:"#/properties/question/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.askedBy !== undefined){
let data2 = data.askedBy;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 256){
validate22.errors = [{instancePath:instancePath+"/askedBy",schemaPath:"#/properties/askedBy/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate22.errors = [{instancePath:instancePath+"/askedBy",schemaPath:"#/properties/askedBy/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate22.errors = [{instancePath:instancePath+"/askedBy",schemaPath:"#/properties/askedBy/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.registered !== undefined){
const _errs8 = errors;
if(typeof data.registered !== "boolean"){
validate22.errors = [{instancePath:instancePath+"/registered",schemaPath:"#/properties/registered/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
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
validate22.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const attributionTestRecorded = validate23;
const schema34 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:attribution.test.recorded:1.0","title":"attribution.test.recorded","x-stream":"family/{familyId}","type":"object","properties":{"familyId":{"type":"string","maxLength":256,"minLength":1},"hypothesis":{"type":"string","maxLength":1024,"minLength":1},"questionId":{"type":"string","maxLength":256,"minLength":1},"estimator":{"type":"object","properties":{"id":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1}},"required":["id","version"],"additionalProperties":false},"statistic":{"type":"number"},"pValue":{"type":"number","minimum":0,"maximum":1},"inputPosition":{"type":"string","maxLength":512,"minLength":1}},"required":["familyId","hypothesis","estimator","inputPosition"],"additionalProperties":false};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:attribution.test.recorded:1.0" */;
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
if(((((data.familyId === undefined) && (missing0 = "familyId")) || ((data.hypothesis === undefined) && (missing0 = "hypothesis"))) || ((data.estimator === undefined) && (missing0 = "estimator"))) || ((data.inputPosition === undefined) && (missing0 = "inputPosition"))){
validate23.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((((key0 === "familyId") || (key0 === "hypothesis")) || (key0 === "questionId")) || (key0 === "estimator")) || (key0 === "statistic")) || (key0 === "pValue")) || (key0 === "inputPosition"))){
validate23.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.familyId !== undefined){
let data0 = data.familyId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate23.errors = [{instancePath:instancePath+"/familyId",schemaPath:"#/properties/familyId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate23.errors = [{instancePath:instancePath+"/familyId",schemaPath:"#/properties/familyId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/familyId",schemaPath:"#/properties/familyId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.hypothesis !== undefined){
let data1 = data.hypothesis;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 1024){
validate23.errors = [{instancePath:instancePath+"/hypothesis",schemaPath:"#/properties/hypothesis/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data1.length < 1){
validate23.errors = [{instancePath:instancePath+"/hypothesis",schemaPath:"#/properties/hypothesis/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/hypothesis",schemaPath:"#/properties/hypothesis/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.questionId !== undefined){
let data2 = data.questionId;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 256){
validate23.errors = [{instancePath:instancePath+"/questionId",schemaPath:"#/properties/questionId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate23.errors = [{instancePath:instancePath+"/questionId",schemaPath:"#/properties/questionId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/questionId",schemaPath:"#/properties/questionId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.estimator !== undefined){
let data3 = data.estimator;
const _errs8 = errors;
if(errors === _errs8){
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing1;
if(((data3.id === undefined) && (missing1 = "id")) || ((data3.version === undefined) && (missing1 = "version"))){
validate23.errors = [{instancePath:instancePath+"/estimator",schemaPath:"#/properties/estimator/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs10 = errors;
for(const key1 in data3){
if(!((key1 === "id") || (key1 === "version"))){
validate23.errors = [{instancePath:instancePath+"/estimator",schemaPath:"#/properties/estimator/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs10 === errors){
if(data3.id !== undefined){
let data4 = data3.id;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data4 === "string"){
if(data4.length > 256){
validate23.errors = [{instancePath:instancePath+"/estimator/id",schemaPath:"#/properties/estimator/properties/id/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate23.errors = [{instancePath:instancePath+"/estimator/id",schemaPath:"#/properties/estimator/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/estimator/id",schemaPath:"#/properties/estimator/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data3.version !== undefined){
let data5 = data3.version;
const _errs13 = errors;
if(errors === _errs13){
if(typeof data5 === "string"){
if(data5.length > 256){
validate23.errors = [{instancePath:instancePath+"/estimator/version",schemaPath:"#/properties/estimator/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data5.length < 1){
validate23.errors = [{instancePath:instancePath+"/estimator/version",schemaPath:"#/properties/estimator/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/estimator/version",schemaPath:"#/properties/estimator/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate23.errors = [{instancePath:instancePath+"/estimator",schemaPath:"#/properties/estimator/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.statistic !== undefined){
let data6 = data.statistic;
const _errs15 = errors;
if(!((typeof data6 == "number") && (isFinite(data6)))){
validate23.errors = [{instancePath:instancePath+"/statistic",schemaPath:"#/properties/statistic/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.pValue !== undefined){
let data7 = data.pValue;
const _errs17 = errors;
if(errors === _errs17){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 1 || isNaN(data7)){
validate23.errors = [{instancePath:instancePath+"/pValue",schemaPath:"#/properties/pValue/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1"}];
return false;
}
else {
if(data7 < 0 || isNaN(data7)){
validate23.errors = [{instancePath:instancePath+"/pValue",schemaPath:"#/properties/pValue/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/pValue",schemaPath:"#/properties/pValue/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.inputPosition !== undefined){
let data8 = data.inputPosition;
const _errs19 = errors;
if(errors === _errs19){
if(typeof data8 === "string"){
if(data8.length > 512){
validate23.errors = [{instancePath:instancePath+"/inputPosition",schemaPath:"#/properties/inputPosition/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data8.length < 1){
validate23.errors = [{instancePath:instancePath+"/inputPosition",schemaPath:"#/properties/inputPosition/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate23.errors = [{instancePath:instancePath+"/inputPosition",schemaPath:"#/properties/inputPosition/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate23.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate23.errors = vErrors;
return errors === 0;
}
validate23.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const auditCheckpointPublished = validate24;
const schema35 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:audit.checkpoint.published:1.0","title":"audit.checkpoint.published","x-stream":"audit/{origin}","type":"object","properties":{"origin":{"type":"string","maxLength":512,"minLength":1},"treeSize":{"type":"integer","minimum":0,"maximum":9007199254740991},"rootHash":{"type":"string","pattern":"^[0-9a-f]{64}$"},"note":{"type":"string","maxLength":16384}},"required":["origin","treeSize","rootHash","note"],"additionalProperties":false};

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:audit.checkpoint.published:1.0" */;
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
if(((((data.origin === undefined) && (missing0 = "origin")) || ((data.treeSize === undefined) && (missing0 = "treeSize"))) || ((data.rootHash === undefined) && (missing0 = "rootHash"))) || ((data.note === undefined) && (missing0 = "note"))){
validate24.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "origin") || (key0 === "treeSize")) || (key0 === "rootHash")) || (key0 === "note"))){
validate24.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.origin !== undefined){
let data0 = data.origin;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 512){
validate24.errors = [{instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data0.length < 1){
validate24.errors = [{instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate24.errors = [{instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.treeSize !== undefined){
let data1 = data.treeSize;
const _errs4 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate24.errors = [{instancePath:instancePath+"/treeSize",schemaPath:"#/properties/treeSize/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 9007199254740991 || isNaN(data1)){
validate24.errors = [{instancePath:instancePath+"/treeSize",schemaPath:"#/properties/treeSize/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data1 < 0 || isNaN(data1)){
validate24.errors = [{instancePath:instancePath+"/treeSize",schemaPath:"#/properties/treeSize/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
if(data.rootHash !== undefined){
let data2 = data.rootHash;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(!pattern8.test(data2)){
validate24.errors = [{instancePath:instancePath+"/rootHash",schemaPath:"#/properties/rootHash/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate24.errors = [{instancePath:instancePath+"/rootHash",schemaPath:"#/properties/rootHash/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.note !== undefined){
let data3 = data.note;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 16384){
validate24.errors = [{instancePath:instancePath+"/note",schemaPath:"#/properties/note/maxLength",keyword:"maxLength",params:{limit: 16384},message:"must NOT have more than 16384 characters"}];
return false;
}
}
else {
validate24.errors = [{instancePath:instancePath+"/note",schemaPath:"#/properties/note/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate24.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate24.errors = vErrors;
return errors === 0;
}
validate24.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const auditKeyChanged = validate25;
const schema36 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:audit.key.changed:1.0","title":"audit.key.changed","x-stream":"key/{keyId}","type":"object","properties":{"keyId":{"type":"string","maxLength":512,"minLength":1},"change":{"type":"string","enum":["added","retired","compromised"]},"algorithm":{"type":"string","maxLength":64,"minLength":1},"publicKey":{"type":"string","maxLength":8192,"minLength":1},"reason":{"type":"string","maxLength":4096,"minLength":1},"actor":{"type":"string","maxLength":256,"minLength":1}},"required":["keyId","change","reason","actor"],"additionalProperties":false};

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:audit.key.changed:1.0" */;
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
if(((((data.keyId === undefined) && (missing0 = "keyId")) || ((data.change === undefined) && (missing0 = "change"))) || ((data.reason === undefined) && (missing0 = "reason"))) || ((data.actor === undefined) && (missing0 = "actor"))){
validate25.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "keyId") || (key0 === "change")) || (key0 === "algorithm")) || (key0 === "publicKey")) || (key0 === "reason")) || (key0 === "actor"))){
validate25.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.keyId !== undefined){
let data0 = data.keyId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 512){
validate25.errors = [{instancePath:instancePath+"/keyId",schemaPath:"#/properties/keyId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data0.length < 1){
validate25.errors = [{instancePath:instancePath+"/keyId",schemaPath:"#/properties/keyId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/keyId",schemaPath:"#/properties/keyId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.change !== undefined){
let data1 = data.change;
const _errs4 = errors;
if(typeof data1 !== "string"){
validate25.errors = [{instancePath:instancePath+"/change",schemaPath:"#/properties/change/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data1 === "added") || (data1 === "retired")) || (data1 === "compromised"))){
validate25.errors = [{instancePath:instancePath+"/change",schemaPath:"#/properties/change/enum",keyword:"enum",params:{allowedValues: schema36.properties.change.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.algorithm !== undefined){
let data2 = data.algorithm;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 64){
validate25.errors = [{instancePath:instancePath+"/algorithm",schemaPath:"#/properties/algorithm/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(data2.length < 1){
validate25.errors = [{instancePath:instancePath+"/algorithm",schemaPath:"#/properties/algorithm/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/algorithm",schemaPath:"#/properties/algorithm/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.publicKey !== undefined){
let data3 = data.publicKey;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 8192){
validate25.errors = [{instancePath:instancePath+"/publicKey",schemaPath:"#/properties/publicKey/maxLength",keyword:"maxLength",params:{limit: 8192},message:"must NOT have more than 8192 characters"}];
return false;
}
else {
if(data3.length < 1){
validate25.errors = [{instancePath:instancePath+"/publicKey",schemaPath:"#/properties/publicKey/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/publicKey",schemaPath:"#/properties/publicKey/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
let data4 = data.reason;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 4096){
validate25.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data4.length < 1){
validate25.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actor !== undefined){
let data5 = data.actor;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data5 === "string"){
if(data5.length > 256){
validate25.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data5.length < 1){
validate25.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate25.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate25.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate25.errors = vErrors;
return errors === 0;
}
validate25.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const auditLogScrubbed = validate26;
const schema37 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:audit.log.scrubbed:1.0","title":"audit.log.scrubbed","x-stream":"scrub/{scrubId}","type":"object","properties":{"scrubId":{"type":"string","minLength":1,"maxLength":64},"part":{"type":"integer","minimum":1,"maximum":1000000},"parts":{"type":"integer","minimum":1,"maximum":1000000},"events":{"type":"array","maxItems":400,"items":{"type":"object","properties":{"position":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21},"hash":{"type":"string","pattern":"^[0-9a-f]{64}$","maxLength":64},"renamed":{"type":"boolean"}},"required":["position","hash"],"additionalProperties":false}},"blobs":{"type":"array","maxItems":400,"items":{"type":"string","pattern":"^[0-9a-f]{64}$","maxLength":64}},"deadLetters":{"type":"integer","minimum":0,"maximum":9007199254740991},"kinds":{"type":"array","maxItems":32,"items":{"type":"string","minLength":1,"maxLength":64}},"reason":{"type":"string","minLength":1,"maxLength":4096},"actor":{"type":"string","minLength":1,"maxLength":256}},"required":["scrubId","part","parts","events","blobs","deadLetters","kinds","reason","actor"],"additionalProperties":false};
const pattern10 = new RegExp("^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$", "u");

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:audit.log.scrubbed:1.0" */;
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
if((((((((((data.scrubId === undefined) && (missing0 = "scrubId")) || ((data.part === undefined) && (missing0 = "part"))) || ((data.parts === undefined) && (missing0 = "parts"))) || ((data.events === undefined) && (missing0 = "events"))) || ((data.blobs === undefined) && (missing0 = "blobs"))) || ((data.deadLetters === undefined) && (missing0 = "deadLetters"))) || ((data.kinds === undefined) && (missing0 = "kinds"))) || ((data.reason === undefined) && (missing0 = "reason"))) || ((data.actor === undefined) && (missing0 = "actor"))){
validate26.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema37.properties, key0))){
validate26.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.scrubId !== undefined){
let data0 = data.scrubId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 64){
validate26.errors = [{instancePath:instancePath+"/scrubId",schemaPath:"#/properties/scrubId/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(data0.length < 1){
validate26.errors = [{instancePath:instancePath+"/scrubId",schemaPath:"#/properties/scrubId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/scrubId",schemaPath:"#/properties/scrubId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.part !== undefined){
let data1 = data.part;
const _errs4 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate26.errors = [{instancePath:instancePath+"/part",schemaPath:"#/properties/part/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate26.errors = [{instancePath:instancePath+"/part",schemaPath:"#/properties/part/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate26.errors = [{instancePath:instancePath+"/part",schemaPath:"#/properties/part/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
if(data.parts !== undefined){
let data2 = data.parts;
const _errs6 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate26.errors = [{instancePath:instancePath+"/parts",schemaPath:"#/properties/parts/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs6){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000000 || isNaN(data2)){
validate26.errors = [{instancePath:instancePath+"/parts",schemaPath:"#/properties/parts/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data2 < 1 || isNaN(data2)){
validate26.errors = [{instancePath:instancePath+"/parts",schemaPath:"#/properties/parts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
if(data.events !== undefined){
let data3 = data.events;
const _errs8 = errors;
if(errors === _errs8){
if(Array.isArray(data3)){
if(data3.length > 400){
validate26.errors = [{instancePath:instancePath+"/events",schemaPath:"#/properties/events/maxItems",keyword:"maxItems",params:{limit: 400},message:"must NOT have more than 400 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
const _errs10 = errors;
if(errors === _errs10){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing1;
if(((data4.position === undefined) && (missing1 = "position")) || ((data4.hash === undefined) && (missing1 = "hash"))){
validate26.errors = [{instancePath:instancePath+"/events/" + i0,schemaPath:"#/properties/events/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs12 = errors;
for(const key1 in data4){
if(!(((key1 === "position") || (key1 === "hash")) || (key1 === "renamed"))){
validate26.errors = [{instancePath:instancePath+"/events/" + i0,schemaPath:"#/properties/events/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs12 === errors){
if(data4.position !== undefined){
let data5 = data4.position;
const _errs13 = errors;
if(errors === _errs13){
if(typeof data5 === "string"){
if(data5.length > 21){
validate26.errors = [{instancePath:instancePath+"/events/" + i0+"/position",schemaPath:"#/properties/events/items/properties/position/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data5)){
validate26.errors = [{instancePath:instancePath+"/events/" + i0+"/position",schemaPath:"#/properties/events/items/properties/position/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/events/" + i0+"/position",schemaPath:"#/properties/events/items/properties/position/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.hash !== undefined){
let data6 = data4.hash;
const _errs15 = errors;
if(errors === _errs15){
if(typeof data6 === "string"){
if(data6.length > 64){
validate26.errors = [{instancePath:instancePath+"/events/" + i0+"/hash",schemaPath:"#/properties/events/items/properties/hash/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(!pattern8.test(data6)){
validate26.errors = [{instancePath:instancePath+"/events/" + i0+"/hash",schemaPath:"#/properties/events/items/properties/hash/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/events/" + i0+"/hash",schemaPath:"#/properties/events/items/properties/hash/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs15 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.renamed !== undefined){
const _errs17 = errors;
if(typeof data4.renamed !== "boolean"){
validate26.errors = [{instancePath:instancePath+"/events/" + i0+"/renamed",schemaPath:"#/properties/events/items/properties/renamed/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid2 = _errs17 === errors;
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
validate26.errors = [{instancePath:instancePath+"/events/" + i0,schemaPath:"#/properties/events/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs10 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/events",schemaPath:"#/properties/events/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.blobs !== undefined){
let data8 = data.blobs;
const _errs19 = errors;
if(errors === _errs19){
if(Array.isArray(data8)){
if(data8.length > 400){
validate26.errors = [{instancePath:instancePath+"/blobs",schemaPath:"#/properties/blobs/maxItems",keyword:"maxItems",params:{limit: 400},message:"must NOT have more than 400 items"}];
return false;
}
else {
var valid3 = true;
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
const _errs21 = errors;
if(errors === _errs21){
if(typeof data9 === "string"){
if(data9.length > 64){
validate26.errors = [{instancePath:instancePath+"/blobs/" + i1,schemaPath:"#/properties/blobs/items/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(!pattern8.test(data9)){
validate26.errors = [{instancePath:instancePath+"/blobs/" + i1,schemaPath:"#/properties/blobs/items/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/blobs/" + i1,schemaPath:"#/properties/blobs/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
else {
validate26.errors = [{instancePath:instancePath+"/blobs",schemaPath:"#/properties/blobs/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.deadLetters !== undefined){
let data10 = data.deadLetters;
const _errs23 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
validate26.errors = [{instancePath:instancePath+"/deadLetters",schemaPath:"#/properties/deadLetters/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs23){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 9007199254740991 || isNaN(data10)){
validate26.errors = [{instancePath:instancePath+"/deadLetters",schemaPath:"#/properties/deadLetters/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data10 < 0 || isNaN(data10)){
validate26.errors = [{instancePath:instancePath+"/deadLetters",schemaPath:"#/properties/deadLetters/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.kinds !== undefined){
let data11 = data.kinds;
const _errs25 = errors;
if(errors === _errs25){
if(Array.isArray(data11)){
if(data11.length > 32){
validate26.errors = [{instancePath:instancePath+"/kinds",schemaPath:"#/properties/kinds/maxItems",keyword:"maxItems",params:{limit: 32},message:"must NOT have more than 32 items"}];
return false;
}
else {
var valid4 = true;
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
let data12 = data11[i2];
const _errs27 = errors;
if(errors === _errs27){
if(typeof data12 === "string"){
if(data12.length > 64){
validate26.errors = [{instancePath:instancePath+"/kinds/" + i2,schemaPath:"#/properties/kinds/items/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(data12.length < 1){
validate26.errors = [{instancePath:instancePath+"/kinds/" + i2,schemaPath:"#/properties/kinds/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/kinds/" + i2,schemaPath:"#/properties/kinds/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs27 === errors;
if(!valid4){
break;
}
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/kinds",schemaPath:"#/properties/kinds/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs25 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
let data13 = data.reason;
const _errs29 = errors;
if(errors === _errs29){
if(typeof data13 === "string"){
if(data13.length > 4096){
validate26.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data13.length < 1){
validate26.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs29 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actor !== undefined){
let data14 = data.actor;
const _errs31 = errors;
if(errors === _errs31){
if(typeof data14 === "string"){
if(data14.length > 256){
validate26.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data14.length < 1){
validate26.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate26.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs31 === errors;
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
validate26.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate26.errors = vErrors;
return errors === 0;
}
validate26.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const auditSubjectErased = validate27;
const schema38 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:audit.subject.erased:1.0","title":"audit.subject.erased","x-stream":"subject/{subjectId}","type":"object","properties":{"subjectId":{"type":"string","maxLength":256,"minLength":1},"reason":{"type":"string","maxLength":4096,"minLength":1},"actor":{"type":"string","maxLength":256,"minLength":1},"approvedBy":{"type":"string","maxLength":256,"minLength":1}},"required":["subjectId","reason","actor"],"additionalProperties":false};

function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:audit.subject.erased:1.0" */;
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
if((((data.subjectId === undefined) && (missing0 = "subjectId")) || ((data.reason === undefined) && (missing0 = "reason"))) || ((data.actor === undefined) && (missing0 = "actor"))){
validate27.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "subjectId") || (key0 === "reason")) || (key0 === "actor")) || (key0 === "approvedBy"))){
validate27.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.subjectId !== undefined){
let data0 = data.subjectId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate27.errors = [{instancePath:instancePath+"/subjectId",schemaPath:"#/properties/subjectId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate27.errors = [{instancePath:instancePath+"/subjectId",schemaPath:"#/properties/subjectId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate27.errors = [{instancePath:instancePath+"/subjectId",schemaPath:"#/properties/subjectId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
let data1 = data.reason;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 4096){
validate27.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data1.length < 1){
validate27.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate27.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actor !== undefined){
let data2 = data.actor;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 256){
validate27.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate27.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate27.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.approvedBy !== undefined){
let data3 = data.approvedBy;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 256){
validate27.errors = [{instancePath:instancePath+"/approvedBy",schemaPath:"#/properties/approvedBy/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
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
validate27.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate27.errors = vErrors;
return errors === 0;
}
validate27.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusAliasDeclared = validate28;
const schema39 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.alias.declared:1.0","title":"corpus.alias.declared","x-stream":"alias/{address}","type":"object","properties":{"kind":{"type":"string","enum":["pair","prefix","suffix","segment"]},"address":{"type":"string","maxLength":1024,"minLength":1},"other":{"type":"string","maxLength":1024,"minLength":1},"reason":{"type":"string","maxLength":4096,"minLength":1},"actor":{"type":"string","maxLength":256,"minLength":1}},"required":["kind","address","other","reason","actor"],"additionalProperties":false};

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.alias.declared:1.0" */;
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
if((((((data.kind === undefined) && (missing0 = "kind")) || ((data.address === undefined) && (missing0 = "address"))) || ((data.other === undefined) && (missing0 = "other"))) || ((data.reason === undefined) && (missing0 = "reason"))) || ((data.actor === undefined) && (missing0 = "actor"))){
validate28.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "kind") || (key0 === "address")) || (key0 === "other")) || (key0 === "reason")) || (key0 === "actor"))){
validate28.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
let data0 = data.kind;
const _errs2 = errors;
if(typeof data0 !== "string"){
validate28.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((((data0 === "pair") || (data0 === "prefix")) || (data0 === "suffix")) || (data0 === "segment"))){
validate28.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/enum",keyword:"enum",params:{allowedValues: schema39.properties.kind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address !== undefined){
let data1 = data.address;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 1024){
validate28.errors = [{instancePath:instancePath+"/address",schemaPath:"#/properties/address/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data1.length < 1){
validate28.errors = [{instancePath:instancePath+"/address",schemaPath:"#/properties/address/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/address",schemaPath:"#/properties/address/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.other !== undefined){
let data2 = data.other;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 1024){
validate28.errors = [{instancePath:instancePath+"/other",schemaPath:"#/properties/other/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data2.length < 1){
validate28.errors = [{instancePath:instancePath+"/other",schemaPath:"#/properties/other/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/other",schemaPath:"#/properties/other/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
let data3 = data.reason;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 4096){
validate28.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data3.length < 1){
validate28.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actor !== undefined){
let data4 = data.actor;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 256){
validate28.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate28.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate28.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
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
validate28.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate28.errors = vErrors;
return errors === 0;
}
validate28.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusAliasWithdrawn = validate29;
const schema40 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.alias.withdrawn:1.0","title":"corpus.alias.withdrawn","x-stream":"alias/{address}","type":"object","properties":{"kind":{"type":"string","enum":["pair","prefix","suffix","segment"]},"address":{"type":"string","maxLength":1024,"minLength":1},"other":{"type":"string","maxLength":1024,"minLength":1},"reason":{"type":"string","maxLength":4096,"minLength":1},"actor":{"type":"string","maxLength":256,"minLength":1}},"required":["kind","address","other","reason","actor"],"additionalProperties":false};

function validate29(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.alias.withdrawn:1.0" */;
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
if((((((data.kind === undefined) && (missing0 = "kind")) || ((data.address === undefined) && (missing0 = "address"))) || ((data.other === undefined) && (missing0 = "other"))) || ((data.reason === undefined) && (missing0 = "reason"))) || ((data.actor === undefined) && (missing0 = "actor"))){
validate29.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "kind") || (key0 === "address")) || (key0 === "other")) || (key0 === "reason")) || (key0 === "actor"))){
validate29.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
let data0 = data.kind;
const _errs2 = errors;
if(typeof data0 !== "string"){
validate29.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((((data0 === "pair") || (data0 === "prefix")) || (data0 === "suffix")) || (data0 === "segment"))){
validate29.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/enum",keyword:"enum",params:{allowedValues: schema40.properties.kind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address !== undefined){
let data1 = data.address;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 1024){
validate29.errors = [{instancePath:instancePath+"/address",schemaPath:"#/properties/address/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data1.length < 1){
validate29.errors = [{instancePath:instancePath+"/address",schemaPath:"#/properties/address/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/address",schemaPath:"#/properties/address/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.other !== undefined){
let data2 = data.other;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 1024){
validate29.errors = [{instancePath:instancePath+"/other",schemaPath:"#/properties/other/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data2.length < 1){
validate29.errors = [{instancePath:instancePath+"/other",schemaPath:"#/properties/other/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate29.errors = [{instancePath:instancePath+"/other",schemaPath:"#/properties/other/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
let data3 = data.reason;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 4096){
validate29.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data3.length < 1){
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
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actor !== undefined){
let data4 = data.actor;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 256){
validate29.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
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
var valid0 = _errs10 === errors;
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
validate29.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate29.errors = vErrors;
return errors === 0;
}
validate29.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusAttributeMeasured = validate30;
const schema41 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.attribute.measured:1.0","title":"corpus.attribute.measured","x-stream":"attribute/{attribute}","x-telemetry":true,"type":"object","properties":{"attribute":{"type":"string","maxLength":256,"minLength":1},"subjectKind":{"type":"string","enum":["shard","snapshot","document","slice"]},"instrument":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1},"normaliserId":{"type":"string","maxLength":256,"minLength":1}},"required":["name"],"additionalProperties":false},"unit":{"type":"string","maxLength":64,"minLength":1},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]},"values":{"type":"array","items":{"type":"object","properties":{"ref":{"type":"string","maxLength":1024,"minLength":1},"bucket":{"type":"string","maxLength":512,"minLength":1},"value":{"type":"number"}},"required":["ref","value"],"additionalProperties":false},"maxItems":5000,"minItems":1}},"required":["attribute","subjectKind","instrument","method","values"],"additionalProperties":false};

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.attribute.measured:1.0" */;
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
if((((((data.attribute === undefined) && (missing0 = "attribute")) || ((data.subjectKind === undefined) && (missing0 = "subjectKind"))) || ((data.instrument === undefined) && (missing0 = "instrument"))) || ((data.method === undefined) && (missing0 = "method"))) || ((data.values === undefined) && (missing0 = "values"))){
validate30.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "attribute") || (key0 === "subjectKind")) || (key0 === "instrument")) || (key0 === "unit")) || (key0 === "method")) || (key0 === "values"))){
validate30.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.attribute !== undefined){
let data0 = data.attribute;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate30.errors = [{instancePath:instancePath+"/attribute",schemaPath:"#/properties/attribute/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate30.errors = [{instancePath:instancePath+"/attribute",schemaPath:"#/properties/attribute/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/attribute",schemaPath:"#/properties/attribute/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.subjectKind !== undefined){
let data1 = data.subjectKind;
const _errs4 = errors;
if(typeof data1 !== "string"){
validate30.errors = [{instancePath:instancePath+"/subjectKind",schemaPath:"#/properties/subjectKind/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((((data1 === "shard") || (data1 === "snapshot")) || (data1 === "document")) || (data1 === "slice"))){
validate30.errors = [{instancePath:instancePath+"/subjectKind",schemaPath:"#/properties/subjectKind/enum",keyword:"enum",params:{allowedValues: schema41.properties.subjectKind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.instrument !== undefined){
let data2 = data.instrument;
const _errs6 = errors;
if(errors === _errs6){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing1;
if((data2.name === undefined) && (missing1 = "name")){
validate30.errors = [{instancePath:instancePath+"/instrument",schemaPath:"#/properties/instrument/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs8 = errors;
for(const key1 in data2){
if(!(((key1 === "name") || (key1 === "version")) || (key1 === "normaliserId"))){
validate30.errors = [{instancePath:instancePath+"/instrument",schemaPath:"#/properties/instrument/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs8 === errors){
if(data2.name !== undefined){
let data3 = data2.name;
const _errs9 = errors;
if(errors === _errs9){
if(typeof data3 === "string"){
if(data3.length > 256){
validate30.errors = [{instancePath:instancePath+"/instrument/name",schemaPath:"#/properties/instrument/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate30.errors = [{instancePath:instancePath+"/instrument/name",schemaPath:"#/properties/instrument/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/instrument/name",schemaPath:"#/properties/instrument/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data2.version !== undefined){
let data4 = data2.version;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data4 === "string"){
if(data4.length > 256){
validate30.errors = [{instancePath:instancePath+"/instrument/version",schemaPath:"#/properties/instrument/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate30.errors = [{instancePath:instancePath+"/instrument/version",schemaPath:"#/properties/instrument/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/instrument/version",schemaPath:"#/properties/instrument/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data2.normaliserId !== undefined){
let data5 = data2.normaliserId;
const _errs13 = errors;
if(errors === _errs13){
if(typeof data5 === "string"){
if(data5.length > 256){
validate30.errors = [{instancePath:instancePath+"/instrument/normaliserId",schemaPath:"#/properties/instrument/properties/normaliserId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data5.length < 1){
validate30.errors = [{instancePath:instancePath+"/instrument/normaliserId",schemaPath:"#/properties/instrument/properties/normaliserId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/instrument/normaliserId",schemaPath:"#/properties/instrument/properties/normaliserId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
}
else {
validate30.errors = [{instancePath:instancePath+"/instrument",schemaPath:"#/properties/instrument/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
let data6 = data.unit;
const _errs15 = errors;
if(errors === _errs15){
if(typeof data6 === "string"){
if(data6.length > 64){
validate30.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(data6.length < 1){
validate30.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.method !== undefined){
let data7 = data.method;
const _errs17 = errors;
if(typeof data7 !== "string"){
validate30.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data7 === "measured") || (data7 === "reported")) || (data7 === "declared")) || (data7 === "inferred")) || (data7 === "sampled"))){
validate30.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/enum",keyword:"enum",params:{allowedValues: schema41.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.values !== undefined){
let data8 = data.values;
const _errs19 = errors;
if(errors === _errs19){
if(Array.isArray(data8)){
if(data8.length > 5000){
validate30.errors = [{instancePath:instancePath+"/values",schemaPath:"#/properties/values/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items"}];
return false;
}
else {
if(data8.length < 1){
validate30.errors = [{instancePath:instancePath+"/values",schemaPath:"#/properties/values/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
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
if(((data9.ref === undefined) && (missing2 = "ref")) || ((data9.value === undefined) && (missing2 = "value"))){
validate30.errors = [{instancePath:instancePath+"/values/" + i0,schemaPath:"#/properties/values/items/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs23 = errors;
for(const key2 in data9){
if(!(((key2 === "ref") || (key2 === "bucket")) || (key2 === "value"))){
validate30.errors = [{instancePath:instancePath+"/values/" + i0,schemaPath:"#/properties/values/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs23 === errors){
if(data9.ref !== undefined){
let data10 = data9.ref;
const _errs24 = errors;
if(errors === _errs24){
if(typeof data10 === "string"){
if(data10.length > 1024){
validate30.errors = [{instancePath:instancePath+"/values/" + i0+"/ref",schemaPath:"#/properties/values/items/properties/ref/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data10.length < 1){
validate30.errors = [{instancePath:instancePath+"/values/" + i0+"/ref",schemaPath:"#/properties/values/items/properties/ref/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/values/" + i0+"/ref",schemaPath:"#/properties/values/items/properties/ref/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs24 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.bucket !== undefined){
let data11 = data9.bucket;
const _errs26 = errors;
if(errors === _errs26){
if(typeof data11 === "string"){
if(data11.length > 512){
validate30.errors = [{instancePath:instancePath+"/values/" + i0+"/bucket",schemaPath:"#/properties/values/items/properties/bucket/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data11.length < 1){
validate30.errors = [{instancePath:instancePath+"/values/" + i0+"/bucket",schemaPath:"#/properties/values/items/properties/bucket/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/values/" + i0+"/bucket",schemaPath:"#/properties/values/items/properties/bucket/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs26 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.value !== undefined){
let data12 = data9.value;
const _errs28 = errors;
if(!((typeof data12 == "number") && (isFinite(data12)))){
validate30.errors = [{instancePath:instancePath+"/values/" + i0+"/value",schemaPath:"#/properties/values/items/properties/value/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid3 = _errs28 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
}
else {
validate30.errors = [{instancePath:instancePath+"/values/" + i0,schemaPath:"#/properties/values/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate30.errors = [{instancePath:instancePath+"/values",schemaPath:"#/properties/values/type",keyword:"type",params:{type: "array"},message:"must be array"}];
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
else {
validate30.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate30.errors = vErrors;
return errors === 0;
}
validate30.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusContaminationFound = validate31;
const schema42 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.contamination.found:1.0","title":"corpus.contamination.found","x-stream":"shard/{shardId}","type":"object","properties":{"benchmark":{"type":"string","maxLength":256,"minLength":1},"benchmarkVersion":{"type":"string","maxLength":256,"minLength":1},"itemsDigest":{"type":"string","pattern":"^[0-9a-f]{64}$"},"itemFields":{"type":"array","items":{"type":"string","maxLength":256,"minLength":1},"minItems":1,"maxItems":100},"shardId":{"type":"string","maxLength":1024,"minLength":1},"digest":{"type":"object","properties":{"algorithm":{"type":"string","enum":["sha256","sha1","md5","xxh64","blake3"]},"value":{"type":"string","pattern":"^[0-9a-f]{16,64}$"}},"required":["algorithm","value"],"additionalProperties":false},"search":{"type":"object","properties":{"kind":{"type":"string","enum":["ngram","exact","embedding","canary","other"]},"n":{"type":"integer","minimum":1,"maximum":100000},"of":{"type":"string","enum":["words","tokens","characters"]},"threshold":{"type":"number","minimum":0,"maximum":1},"field":{"type":"string","maxLength":256,"minLength":1}},"required":["kind"],"additionalProperties":false},"instrument":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1}},"required":["name"],"additionalProperties":false},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]},"scope":{"type":"string","enum":["whole","part"]},"itemsCompared":{"type":"integer","minimum":1,"maximum":9007199254740991},"itemsSkipped":{"type":"integer","minimum":0,"maximum":9007199254740991},"itemsMatched":{"type":"integer","minimum":0,"maximum":9007199254740991},"matchedItems":{"type":"array","items":{"type":"object","properties":{"itemId":{"type":"string","maxLength":256,"minLength":1},"share":{"type":"number","minimum":0,"maximum":1}},"required":["itemId"],"additionalProperties":false},"maxItems":1000},"documentsCompared":{"type":"integer","minimum":0,"maximum":9007199254740991},"documentsMatched":{"type":"integer","minimum":0,"maximum":9007199254740991},"matchedDocuments":{"type":"array","items":{"type":"string","maxLength":256,"minLength":1},"maxItems":1000}},"required":["benchmark","itemsDigest","shardId","search","instrument","method","scope","itemsCompared","itemsMatched"],"additionalProperties":false};
const pattern14 = new RegExp("^[0-9a-f]{16,64}$", "u");

function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.contamination.found:1.0" */;
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
if((((((((((data.benchmark === undefined) && (missing0 = "benchmark")) || ((data.itemsDigest === undefined) && (missing0 = "itemsDigest"))) || ((data.shardId === undefined) && (missing0 = "shardId"))) || ((data.search === undefined) && (missing0 = "search"))) || ((data.instrument === undefined) && (missing0 = "instrument"))) || ((data.method === undefined) && (missing0 = "method"))) || ((data.scope === undefined) && (missing0 = "scope"))) || ((data.itemsCompared === undefined) && (missing0 = "itemsCompared"))) || ((data.itemsMatched === undefined) && (missing0 = "itemsMatched"))){
validate31.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema42.properties, key0))){
validate31.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.benchmark !== undefined){
let data0 = data.benchmark;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate31.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate31.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.benchmarkVersion !== undefined){
let data1 = data.benchmarkVersion;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 256){
validate31.errors = [{instancePath:instancePath+"/benchmarkVersion",schemaPath:"#/properties/benchmarkVersion/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate31.errors = [{instancePath:instancePath+"/benchmarkVersion",schemaPath:"#/properties/benchmarkVersion/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/benchmarkVersion",schemaPath:"#/properties/benchmarkVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.itemsDigest !== undefined){
let data2 = data.itemsDigest;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(!pattern8.test(data2)){
validate31.errors = [{instancePath:instancePath+"/itemsDigest",schemaPath:"#/properties/itemsDigest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate31.errors = [{instancePath:instancePath+"/itemsDigest",schemaPath:"#/properties/itemsDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.itemFields !== undefined){
let data3 = data.itemFields;
const _errs8 = errors;
if(errors === _errs8){
if(Array.isArray(data3)){
if(data3.length > 100){
validate31.errors = [{instancePath:instancePath+"/itemFields",schemaPath:"#/properties/itemFields/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"}];
return false;
}
else {
if(data3.length < 1){
validate31.errors = [{instancePath:instancePath+"/itemFields",schemaPath:"#/properties/itemFields/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 256){
validate31.errors = [{instancePath:instancePath+"/itemFields/" + i0,schemaPath:"#/properties/itemFields/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate31.errors = [{instancePath:instancePath+"/itemFields/" + i0,schemaPath:"#/properties/itemFields/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/itemFields/" + i0,schemaPath:"#/properties/itemFields/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs10 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/itemFields",schemaPath:"#/properties/itemFields/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.shardId !== undefined){
let data5 = data.shardId;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data5 === "string"){
if(data5.length > 1024){
validate31.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data5.length < 1){
validate31.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing1;
if(((data6.algorithm === undefined) && (missing1 = "algorithm")) || ((data6.value === undefined) && (missing1 = "value"))){
validate31.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs16 = errors;
for(const key1 in data6){
if(!((key1 === "algorithm") || (key1 === "value"))){
validate31.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs16 === errors){
if(data6.algorithm !== undefined){
let data7 = data6.algorithm;
const _errs17 = errors;
if(typeof data7 !== "string"){
validate31.errors = [{instancePath:instancePath+"/digest/algorithm",schemaPath:"#/properties/digest/properties/algorithm/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data7 === "sha256") || (data7 === "sha1")) || (data7 === "md5")) || (data7 === "xxh64")) || (data7 === "blake3"))){
validate31.errors = [{instancePath:instancePath+"/digest/algorithm",schemaPath:"#/properties/digest/properties/algorithm/enum",keyword:"enum",params:{allowedValues: schema42.properties.digest.properties.algorithm.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid2 = _errs17 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data6.value !== undefined){
let data8 = data6.value;
const _errs19 = errors;
if(errors === _errs19){
if(typeof data8 === "string"){
if(!pattern14.test(data8)){
validate31.errors = [{instancePath:instancePath+"/digest/value",schemaPath:"#/properties/digest/properties/value/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{16,64}$"},message:"must match pattern \""+"^[0-9a-f]{16,64}$"+"\""}];
return false;
}
}
else {
validate31.errors = [{instancePath:instancePath+"/digest/value",schemaPath:"#/properties/digest/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
else {
validate31.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.search !== undefined){
let data9 = data.search;
const _errs21 = errors;
if(errors === _errs21){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
let missing2;
if((data9.kind === undefined) && (missing2 = "kind")){
validate31.errors = [{instancePath:instancePath+"/search",schemaPath:"#/properties/search/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs23 = errors;
for(const key2 in data9){
if(!(((((key2 === "kind") || (key2 === "n")) || (key2 === "of")) || (key2 === "threshold")) || (key2 === "field"))){
validate31.errors = [{instancePath:instancePath+"/search",schemaPath:"#/properties/search/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs23 === errors){
if(data9.kind !== undefined){
let data10 = data9.kind;
const _errs24 = errors;
if(typeof data10 !== "string"){
validate31.errors = [{instancePath:instancePath+"/search/kind",schemaPath:"#/properties/search/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data10 === "ngram") || (data10 === "exact")) || (data10 === "embedding")) || (data10 === "canary")) || (data10 === "other"))){
validate31.errors = [{instancePath:instancePath+"/search/kind",schemaPath:"#/properties/search/properties/kind/enum",keyword:"enum",params:{allowedValues: schema42.properties.search.properties.kind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid3 = _errs24 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.n !== undefined){
let data11 = data9.n;
const _errs26 = errors;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
validate31.errors = [{instancePath:instancePath+"/search/n",schemaPath:"#/properties/search/properties/n/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs26){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 100000 || isNaN(data11)){
validate31.errors = [{instancePath:instancePath+"/search/n",schemaPath:"#/properties/search/properties/n/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000"}];
return false;
}
else {
if(data11 < 1 || isNaN(data11)){
validate31.errors = [{instancePath:instancePath+"/search/n",schemaPath:"#/properties/search/properties/n/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid3 = _errs26 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.of !== undefined){
let data12 = data9.of;
const _errs28 = errors;
if(typeof data12 !== "string"){
validate31.errors = [{instancePath:instancePath+"/search/of",schemaPath:"#/properties/search/properties/of/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data12 === "words") || (data12 === "tokens")) || (data12 === "characters"))){
validate31.errors = [{instancePath:instancePath+"/search/of",schemaPath:"#/properties/search/properties/of/enum",keyword:"enum",params:{allowedValues: schema42.properties.search.properties.of.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid3 = _errs28 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.threshold !== undefined){
let data13 = data9.threshold;
const _errs30 = errors;
if(errors === _errs30){
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 1 || isNaN(data13)){
validate31.errors = [{instancePath:instancePath+"/search/threshold",schemaPath:"#/properties/search/properties/threshold/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1"}];
return false;
}
else {
if(data13 < 0 || isNaN(data13)){
validate31.errors = [{instancePath:instancePath+"/search/threshold",schemaPath:"#/properties/search/properties/threshold/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/search/threshold",schemaPath:"#/properties/search/properties/threshold/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid3 = _errs30 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data9.field !== undefined){
let data14 = data9.field;
const _errs32 = errors;
if(errors === _errs32){
if(typeof data14 === "string"){
if(data14.length > 256){
validate31.errors = [{instancePath:instancePath+"/search/field",schemaPath:"#/properties/search/properties/field/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data14.length < 1){
validate31.errors = [{instancePath:instancePath+"/search/field",schemaPath:"#/properties/search/properties/field/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/search/field",schemaPath:"#/properties/search/properties/field/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs32 === errors;
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
}
else {
validate31.errors = [{instancePath:instancePath+"/search",schemaPath:"#/properties/search/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs21 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.instrument !== undefined){
let data15 = data.instrument;
const _errs34 = errors;
if(errors === _errs34){
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
let missing3;
if((data15.name === undefined) && (missing3 = "name")){
validate31.errors = [{instancePath:instancePath+"/instrument",schemaPath:"#/properties/instrument/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
const _errs36 = errors;
for(const key3 in data15){
if(!((key3 === "name") || (key3 === "version"))){
validate31.errors = [{instancePath:instancePath+"/instrument",schemaPath:"#/properties/instrument/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs36 === errors){
if(data15.name !== undefined){
let data16 = data15.name;
const _errs37 = errors;
if(errors === _errs37){
if(typeof data16 === "string"){
if(data16.length > 256){
validate31.errors = [{instancePath:instancePath+"/instrument/name",schemaPath:"#/properties/instrument/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data16.length < 1){
validate31.errors = [{instancePath:instancePath+"/instrument/name",schemaPath:"#/properties/instrument/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/instrument/name",schemaPath:"#/properties/instrument/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs37 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data15.version !== undefined){
let data17 = data15.version;
const _errs39 = errors;
if(errors === _errs39){
if(typeof data17 === "string"){
if(data17.length > 256){
validate31.errors = [{instancePath:instancePath+"/instrument/version",schemaPath:"#/properties/instrument/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data17.length < 1){
validate31.errors = [{instancePath:instancePath+"/instrument/version",schemaPath:"#/properties/instrument/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/instrument/version",schemaPath:"#/properties/instrument/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs39 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/instrument",schemaPath:"#/properties/instrument/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs34 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.method !== undefined){
let data18 = data.method;
const _errs41 = errors;
if(typeof data18 !== "string"){
validate31.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data18 === "measured") || (data18 === "reported")) || (data18 === "declared")) || (data18 === "inferred")) || (data18 === "sampled"))){
validate31.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/enum",keyword:"enum",params:{allowedValues: schema42.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs41 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.scope !== undefined){
let data19 = data.scope;
const _errs43 = errors;
if(typeof data19 !== "string"){
validate31.errors = [{instancePath:instancePath+"/scope",schemaPath:"#/properties/scope/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data19 === "whole") || (data19 === "part"))){
validate31.errors = [{instancePath:instancePath+"/scope",schemaPath:"#/properties/scope/enum",keyword:"enum",params:{allowedValues: schema42.properties.scope.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs43 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.itemsCompared !== undefined){
let data20 = data.itemsCompared;
const _errs45 = errors;
if(!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))){
validate31.errors = [{instancePath:instancePath+"/itemsCompared",schemaPath:"#/properties/itemsCompared/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs45){
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 > 9007199254740991 || isNaN(data20)){
validate31.errors = [{instancePath:instancePath+"/itemsCompared",schemaPath:"#/properties/itemsCompared/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data20 < 1 || isNaN(data20)){
validate31.errors = [{instancePath:instancePath+"/itemsCompared",schemaPath:"#/properties/itemsCompared/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs45 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.itemsSkipped !== undefined){
let data21 = data.itemsSkipped;
const _errs47 = errors;
if(!(((typeof data21 == "number") && (!(data21 % 1) && !isNaN(data21))) && (isFinite(data21)))){
validate31.errors = [{instancePath:instancePath+"/itemsSkipped",schemaPath:"#/properties/itemsSkipped/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs47){
if((typeof data21 == "number") && (isFinite(data21))){
if(data21 > 9007199254740991 || isNaN(data21)){
validate31.errors = [{instancePath:instancePath+"/itemsSkipped",schemaPath:"#/properties/itemsSkipped/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data21 < 0 || isNaN(data21)){
validate31.errors = [{instancePath:instancePath+"/itemsSkipped",schemaPath:"#/properties/itemsSkipped/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs47 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.itemsMatched !== undefined){
let data22 = data.itemsMatched;
const _errs49 = errors;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
validate31.errors = [{instancePath:instancePath+"/itemsMatched",schemaPath:"#/properties/itemsMatched/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs49){
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 > 9007199254740991 || isNaN(data22)){
validate31.errors = [{instancePath:instancePath+"/itemsMatched",schemaPath:"#/properties/itemsMatched/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data22 < 0 || isNaN(data22)){
validate31.errors = [{instancePath:instancePath+"/itemsMatched",schemaPath:"#/properties/itemsMatched/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs49 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.matchedItems !== undefined){
let data23 = data.matchedItems;
const _errs51 = errors;
if(errors === _errs51){
if(Array.isArray(data23)){
if(data23.length > 1000){
validate31.errors = [{instancePath:instancePath+"/matchedItems",schemaPath:"#/properties/matchedItems/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
var valid5 = true;
const len1 = data23.length;
for(let i1=0; i1<len1; i1++){
let data24 = data23[i1];
const _errs53 = errors;
if(errors === _errs53){
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
let missing4;
if((data24.itemId === undefined) && (missing4 = "itemId")){
validate31.errors = [{instancePath:instancePath+"/matchedItems/" + i1,schemaPath:"#/properties/matchedItems/items/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
const _errs55 = errors;
for(const key4 in data24){
if(!((key4 === "itemId") || (key4 === "share"))){
validate31.errors = [{instancePath:instancePath+"/matchedItems/" + i1,schemaPath:"#/properties/matchedItems/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs55 === errors){
if(data24.itemId !== undefined){
let data25 = data24.itemId;
const _errs56 = errors;
if(errors === _errs56){
if(typeof data25 === "string"){
if(data25.length > 256){
validate31.errors = [{instancePath:instancePath+"/matchedItems/" + i1+"/itemId",schemaPath:"#/properties/matchedItems/items/properties/itemId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data25.length < 1){
validate31.errors = [{instancePath:instancePath+"/matchedItems/" + i1+"/itemId",schemaPath:"#/properties/matchedItems/items/properties/itemId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/matchedItems/" + i1+"/itemId",schemaPath:"#/properties/matchedItems/items/properties/itemId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid6 = _errs56 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data24.share !== undefined){
let data26 = data24.share;
const _errs58 = errors;
if(errors === _errs58){
if((typeof data26 == "number") && (isFinite(data26))){
if(data26 > 1 || isNaN(data26)){
validate31.errors = [{instancePath:instancePath+"/matchedItems/" + i1+"/share",schemaPath:"#/properties/matchedItems/items/properties/share/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1"}];
return false;
}
else {
if(data26 < 0 || isNaN(data26)){
validate31.errors = [{instancePath:instancePath+"/matchedItems/" + i1+"/share",schemaPath:"#/properties/matchedItems/items/properties/share/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/matchedItems/" + i1+"/share",schemaPath:"#/properties/matchedItems/items/properties/share/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid6 = _errs58 === errors;
}
else {
var valid6 = true;
}
}
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/matchedItems/" + i1,schemaPath:"#/properties/matchedItems/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid5 = _errs53 === errors;
if(!valid5){
break;
}
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/matchedItems",schemaPath:"#/properties/matchedItems/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs51 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.documentsCompared !== undefined){
let data27 = data.documentsCompared;
const _errs60 = errors;
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
validate31.errors = [{instancePath:instancePath+"/documentsCompared",schemaPath:"#/properties/documentsCompared/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs60){
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 9007199254740991 || isNaN(data27)){
validate31.errors = [{instancePath:instancePath+"/documentsCompared",schemaPath:"#/properties/documentsCompared/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data27 < 0 || isNaN(data27)){
validate31.errors = [{instancePath:instancePath+"/documentsCompared",schemaPath:"#/properties/documentsCompared/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs60 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.documentsMatched !== undefined){
let data28 = data.documentsMatched;
const _errs62 = errors;
if(!(((typeof data28 == "number") && (!(data28 % 1) && !isNaN(data28))) && (isFinite(data28)))){
validate31.errors = [{instancePath:instancePath+"/documentsMatched",schemaPath:"#/properties/documentsMatched/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs62){
if((typeof data28 == "number") && (isFinite(data28))){
if(data28 > 9007199254740991 || isNaN(data28)){
validate31.errors = [{instancePath:instancePath+"/documentsMatched",schemaPath:"#/properties/documentsMatched/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data28 < 0 || isNaN(data28)){
validate31.errors = [{instancePath:instancePath+"/documentsMatched",schemaPath:"#/properties/documentsMatched/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs62 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.matchedDocuments !== undefined){
let data29 = data.matchedDocuments;
const _errs64 = errors;
if(errors === _errs64){
if(Array.isArray(data29)){
if(data29.length > 1000){
validate31.errors = [{instancePath:instancePath+"/matchedDocuments",schemaPath:"#/properties/matchedDocuments/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
var valid7 = true;
const len2 = data29.length;
for(let i2=0; i2<len2; i2++){
let data30 = data29[i2];
const _errs66 = errors;
if(errors === _errs66){
if(typeof data30 === "string"){
if(data30.length > 256){
validate31.errors = [{instancePath:instancePath+"/matchedDocuments/" + i2,schemaPath:"#/properties/matchedDocuments/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data30.length < 1){
validate31.errors = [{instancePath:instancePath+"/matchedDocuments/" + i2,schemaPath:"#/properties/matchedDocuments/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/matchedDocuments/" + i2,schemaPath:"#/properties/matchedDocuments/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs66 === errors;
if(!valid7){
break;
}
}
}
}
else {
validate31.errors = [{instancePath:instancePath+"/matchedDocuments",schemaPath:"#/properties/matchedDocuments/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs64 === errors;
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
else {
validate31.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate31.errors = vErrors;
return errors === 0;
}
validate31.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusMembersListed = validate32;
const schema43 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.members.listed:1.0","title":"corpus.members.listed","x-stream":"snapshot/{snapshotId}","x-telemetry":true,"type":"object","properties":{"snapshotId":{"type":"string","maxLength":512,"minLength":1},"firstIndex":{"type":"integer","minimum":0,"maximum":9007199254740991},"members":{"type":"array","items":{"type":"object","properties":{"shardId":{"type":"string","maxLength":1024,"minLength":1},"slice":{"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128},"repeats":{"type":"integer","minimum":1,"maximum":1000000},"label":{"type":"string","maxLength":512}},"required":["shardId","repeats"],"additionalProperties":false},"maxItems":5000,"minItems":1}},"required":["snapshotId","firstIndex","members"],"additionalProperties":false};
const pattern15 = new RegExp("^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$", "u");

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.members.listed:1.0" */;
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
if((((data.snapshotId === undefined) && (missing0 = "snapshotId")) || ((data.firstIndex === undefined) && (missing0 = "firstIndex"))) || ((data.members === undefined) && (missing0 = "members"))){
validate32.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "snapshotId") || (key0 === "firstIndex")) || (key0 === "members"))){
validate32.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.snapshotId !== undefined){
let data0 = data.snapshotId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 512){
validate32.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data0.length < 1){
validate32.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate32.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.firstIndex !== undefined){
let data1 = data.firstIndex;
const _errs4 = errors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate32.errors = [{instancePath:instancePath+"/firstIndex",schemaPath:"#/properties/firstIndex/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 9007199254740991 || isNaN(data1)){
validate32.errors = [{instancePath:instancePath+"/firstIndex",schemaPath:"#/properties/firstIndex/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data1 < 0 || isNaN(data1)){
validate32.errors = [{instancePath:instancePath+"/firstIndex",schemaPath:"#/properties/firstIndex/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
if(data.members !== undefined){
let data2 = data.members;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data2)){
if(data2.length > 5000){
validate32.errors = [{instancePath:instancePath+"/members",schemaPath:"#/properties/members/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items"}];
return false;
}
else {
if(data2.length < 1){
validate32.errors = [{instancePath:instancePath+"/members",schemaPath:"#/properties/members/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
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
if(((data3.shardId === undefined) && (missing1 = "shardId")) || ((data3.repeats === undefined) && (missing1 = "repeats"))){
validate32.errors = [{instancePath:instancePath+"/members/" + i0,schemaPath:"#/properties/members/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs10 = errors;
for(const key1 in data3){
if(!((((key1 === "shardId") || (key1 === "slice")) || (key1 === "repeats")) || (key1 === "label"))){
validate32.errors = [{instancePath:instancePath+"/members/" + i0,schemaPath:"#/properties/members/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs10 === errors){
if(data3.shardId !== undefined){
let data4 = data3.shardId;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data4 === "string"){
if(data4.length > 1024){
validate32.errors = [{instancePath:instancePath+"/members/" + i0+"/shardId",schemaPath:"#/properties/members/items/properties/shardId/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data4.length < 1){
validate32.errors = [{instancePath:instancePath+"/members/" + i0+"/shardId",schemaPath:"#/properties/members/items/properties/shardId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate32.errors = [{instancePath:instancePath+"/members/" + i0+"/shardId",schemaPath:"#/properties/members/items/properties/shardId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.slice !== undefined){
let data5 = data3.slice;
const _errs13 = errors;
if(errors === _errs13){
if(typeof data5 === "string"){
if(data5.length > 128){
validate32.errors = [{instancePath:instancePath+"/members/" + i0+"/slice",schemaPath:"#/properties/members/items/properties/slice/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern15.test(data5)){
validate32.errors = [{instancePath:instancePath+"/members/" + i0+"/slice",schemaPath:"#/properties/members/items/properties/slice/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"+"\""}];
return false;
}
}
}
else {
validate32.errors = [{instancePath:instancePath+"/members/" + i0+"/slice",schemaPath:"#/properties/members/items/properties/slice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.repeats !== undefined){
let data6 = data3.repeats;
const _errs15 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate32.errors = [{instancePath:instancePath+"/members/" + i0+"/repeats",schemaPath:"#/properties/members/items/properties/repeats/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs15){
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 1000000 || isNaN(data6)){
validate32.errors = [{instancePath:instancePath+"/members/" + i0+"/repeats",schemaPath:"#/properties/members/items/properties/repeats/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data6 < 1 || isNaN(data6)){
validate32.errors = [{instancePath:instancePath+"/members/" + i0+"/repeats",schemaPath:"#/properties/members/items/properties/repeats/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid2 = _errs15 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.label !== undefined){
let data7 = data3.label;
const _errs17 = errors;
if(errors === _errs17){
if(typeof data7 === "string"){
if(data7.length > 512){
validate32.errors = [{instancePath:instancePath+"/members/" + i0+"/label",schemaPath:"#/properties/members/items/properties/label/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
}
else {
validate32.errors = [{instancePath:instancePath+"/members/" + i0+"/label",schemaPath:"#/properties/members/items/properties/label/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs17 === errors;
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
validate32.errors = [{instancePath:instancePath+"/members/" + i0,schemaPath:"#/properties/members/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate32.errors = [{instancePath:instancePath+"/members",schemaPath:"#/properties/members/type",keyword:"type",params:{type: "array"},message:"must be array"}];
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
validate32.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate32.errors = vErrors;
return errors === 0;
}
validate32.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusNormaliserFrozen = validate33;
const schema44 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.normaliser.frozen:1.0","title":"corpus.normaliser.frozen","x-stream":"attribute/{attribute}","type":"object","properties":{"normaliserId":{"type":"string","maxLength":256,"minLength":1},"attribute":{"type":"string","maxLength":256,"minLength":1},"corpus":{"type":"string","maxLength":512,"minLength":1},"items":{"type":"integer","minimum":0,"maximum":9007199254740991},"statistics":{"type":"object","maxProperties":1000,"additionalProperties":{"type":"object","maxProperties":50,"additionalProperties":{"type":"number"}}}},"required":["normaliserId","attribute","corpus","statistics"],"additionalProperties":false};

function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.normaliser.frozen:1.0" */;
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
if(((((data.normaliserId === undefined) && (missing0 = "normaliserId")) || ((data.attribute === undefined) && (missing0 = "attribute"))) || ((data.corpus === undefined) && (missing0 = "corpus"))) || ((data.statistics === undefined) && (missing0 = "statistics"))){
validate33.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "normaliserId") || (key0 === "attribute")) || (key0 === "corpus")) || (key0 === "items")) || (key0 === "statistics"))){
validate33.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.normaliserId !== undefined){
let data0 = data.normaliserId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate33.errors = [{instancePath:instancePath+"/normaliserId",schemaPath:"#/properties/normaliserId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate33.errors = [{instancePath:instancePath+"/normaliserId",schemaPath:"#/properties/normaliserId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/normaliserId",schemaPath:"#/properties/normaliserId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.attribute !== undefined){
let data1 = data.attribute;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 256){
validate33.errors = [{instancePath:instancePath+"/attribute",schemaPath:"#/properties/attribute/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate33.errors = [{instancePath:instancePath+"/attribute",schemaPath:"#/properties/attribute/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/attribute",schemaPath:"#/properties/attribute/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.corpus !== undefined){
let data2 = data.corpus;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 512){
validate33.errors = [{instancePath:instancePath+"/corpus",schemaPath:"#/properties/corpus/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data2.length < 1){
validate33.errors = [{instancePath:instancePath+"/corpus",schemaPath:"#/properties/corpus/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/corpus",schemaPath:"#/properties/corpus/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.items !== undefined){
let data3 = data.items;
const _errs8 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate33.errors = [{instancePath:instancePath+"/items",schemaPath:"#/properties/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
validate33.errors = [{instancePath:instancePath+"/items",schemaPath:"#/properties/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate33.errors = [{instancePath:instancePath+"/items",schemaPath:"#/properties/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
if(data.statistics !== undefined){
let data4 = data.statistics;
const _errs10 = errors;
if(errors === _errs10){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length > 1000){
validate33.errors = [{instancePath:instancePath+"/statistics",schemaPath:"#/properties/statistics/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
for(const key1 in data4){
let data5 = data4[key1];
const _errs13 = errors;
if(errors === _errs13){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(Object.keys(data5).length > 50){
validate33.errors = [{instancePath:instancePath+"/statistics/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/statistics/additionalProperties/maxProperties",keyword:"maxProperties",params:{limit: 50},message:"must NOT have more than 50 properties"}];
return false;
}
else {
for(const key2 in data5){
let data6 = data5[key2];
const _errs16 = errors;
if(!((typeof data6 == "number") && (isFinite(data6)))){
validate33.errors = [{instancePath:instancePath+"/statistics/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/statistics/additionalProperties/additionalProperties/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid2 = _errs16 === errors;
if(!valid2){
break;
}
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/statistics/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/statistics/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs13 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate33.errors = [{instancePath:instancePath+"/statistics",schemaPath:"#/properties/statistics/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs10 === errors;
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
validate33.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate33.errors = vErrors;
return errors === 0;
}
validate33.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusShardRegisteredV1 = validate34;
const schema45 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.shard.registered:1.0","title":"corpus.shard.registered","x-stream":"shard/{shardId}","type":"object","properties":{"shardId":{"type":"string","maxLength":256,"minLength":1},"uri":{"type":"string","maxLength":2048,"minLength":1},"slice":{"$ref":"#/$defs/slice"},"taxonomyVersion":{"type":"string","maxLength":256,"minLength":1},"split":{"type":"string","enum":["train","held_out"]},"digest":{"type":"object","properties":{"algorithm":{"type":"string","enum":["sha256"]},"value":{"type":"string","pattern":"^[0-9a-f]{64}$"}},"required":["algorithm","value"],"additionalProperties":false},"bytes":{"type":"integer","minimum":0,"maximum":9007199254740991},"documents":{"type":"integer","minimum":0,"maximum":9007199254740991},"tokens":{"type":"integer","minimum":0,"maximum":9007199254740991},"tokenizer":{"type":"string","maxLength":256,"minLength":1},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]},"licence":{"type":"string","maxLength":256,"minLength":1},"origin":{"type":"object","properties":{"registry":{"type":"string","maxLength":256,"minLength":1},"package":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1},"path":{"type":"string","maxLength":1024,"minLength":1}},"required":["registry","package","version"],"additionalProperties":false}},"required":["shardId","uri","slice","split","digest","bytes","documents","tokens","tokenizer","method","licence"],"additionalProperties":false,"$defs":{"slice":{"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128}}};
const schema46 = {"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128};

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.shard.registered:1.0" */;
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
if((((((((((((data.shardId === undefined) && (missing0 = "shardId")) || ((data.uri === undefined) && (missing0 = "uri"))) || ((data.slice === undefined) && (missing0 = "slice"))) || ((data.split === undefined) && (missing0 = "split"))) || ((data.digest === undefined) && (missing0 = "digest"))) || ((data.bytes === undefined) && (missing0 = "bytes"))) || ((data.documents === undefined) && (missing0 = "documents"))) || ((data.tokens === undefined) && (missing0 = "tokens"))) || ((data.tokenizer === undefined) && (missing0 = "tokenizer"))) || ((data.method === undefined) && (missing0 = "method"))) || ((data.licence === undefined) && (missing0 = "licence"))){
validate34.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema45.properties, key0))){
validate34.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate34.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate34.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate34.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data1.length < 1){
validate34.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate34.errors = [{instancePath:instancePath+"/slice",schemaPath:"#/$defs/slice/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern15.test(data2)){
validate34.errors = [{instancePath:instancePath+"/slice",schemaPath:"#/$defs/slice/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"+"\""}];
return false;
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/slice",schemaPath:"#/$defs/slice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate34.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate34.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate34.errors = [{instancePath:instancePath+"/split",schemaPath:"#/properties/split/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data4 === "train") || (data4 === "held_out"))){
validate34.errors = [{instancePath:instancePath+"/split",schemaPath:"#/properties/split/enum",keyword:"enum",params:{allowedValues: schema45.properties.split.enum},message:"must be equal to one of the allowed values"}];
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
validate34.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs15 = errors;
for(const key1 in data5){
if(!((key1 === "algorithm") || (key1 === "value"))){
validate34.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs15 === errors){
if(data5.algorithm !== undefined){
let data6 = data5.algorithm;
const _errs16 = errors;
if(typeof data6 !== "string"){
validate34.errors = [{instancePath:instancePath+"/digest/algorithm",schemaPath:"#/properties/digest/properties/algorithm/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(data6 === "sha256")){
validate34.errors = [{instancePath:instancePath+"/digest/algorithm",schemaPath:"#/properties/digest/properties/algorithm/enum",keyword:"enum",params:{allowedValues: schema45.properties.digest.properties.algorithm.enum},message:"must be equal to one of the allowed values"}];
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
if(!pattern8.test(data7)){
validate34.errors = [{instancePath:instancePath+"/digest/value",schemaPath:"#/properties/digest/properties/value/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate34.errors = [{instancePath:instancePath+"/digest/value",schemaPath:"#/properties/digest/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate34.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate34.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs20){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 9007199254740991 || isNaN(data8)){
validate34.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data8 < 0 || isNaN(data8)){
validate34.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate34.errors = [{instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs22){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 9007199254740991 || isNaN(data9)){
validate34.errors = [{instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data9 < 0 || isNaN(data9)){
validate34.errors = [{instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate34.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs24){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 9007199254740991 || isNaN(data10)){
validate34.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data10 < 0 || isNaN(data10)){
validate34.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate34.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data11.length < 1){
validate34.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate34.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data12 === "measured") || (data12 === "reported")) || (data12 === "declared")) || (data12 === "inferred")) || (data12 === "sampled"))){
validate34.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/enum",keyword:"enum",params:{allowedValues: schema45.properties.method.enum},message:"must be equal to one of the allowed values"}];
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
validate34.errors = [{instancePath:instancePath+"/licence",schemaPath:"#/properties/licence/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data13.length < 1){
validate34.errors = [{instancePath:instancePath+"/licence",schemaPath:"#/properties/licence/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/licence",schemaPath:"#/properties/licence/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate34.errors = [{instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs34 = errors;
for(const key2 in data14){
if(!((((key2 === "registry") || (key2 === "package")) || (key2 === "version")) || (key2 === "path"))){
validate34.errors = [{instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
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
validate34.errors = [{instancePath:instancePath+"/origin/registry",schemaPath:"#/properties/origin/properties/registry/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data15.length < 1){
validate34.errors = [{instancePath:instancePath+"/origin/registry",schemaPath:"#/properties/origin/properties/registry/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/origin/registry",schemaPath:"#/properties/origin/properties/registry/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate34.errors = [{instancePath:instancePath+"/origin/package",schemaPath:"#/properties/origin/properties/package/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data16.length < 1){
validate34.errors = [{instancePath:instancePath+"/origin/package",schemaPath:"#/properties/origin/properties/package/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/origin/package",schemaPath:"#/properties/origin/properties/package/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate34.errors = [{instancePath:instancePath+"/origin/version",schemaPath:"#/properties/origin/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data17.length < 1){
validate34.errors = [{instancePath:instancePath+"/origin/version",schemaPath:"#/properties/origin/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/origin/version",schemaPath:"#/properties/origin/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate34.errors = [{instancePath:instancePath+"/origin/path",schemaPath:"#/properties/origin/properties/path/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data18.length < 1){
validate34.errors = [{instancePath:instancePath+"/origin/path",schemaPath:"#/properties/origin/properties/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate34.errors = [{instancePath:instancePath+"/origin/path",schemaPath:"#/properties/origin/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate34.errors = [{instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate34.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate34.errors = vErrors;
return errors === 0;
}
validate34.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusShardRegistered = validate35;
const schema47 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.shard.registered:2.0","title":"corpus.shard.registered","x-stream":"shard/{shardId}","type":"object","properties":{"shardId":{"type":"string","maxLength":1024,"minLength":1},"uri":{"type":"string","maxLength":2048,"minLength":1},"slice":{"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128},"taxonomyVersion":{"type":"string","maxLength":256,"minLength":1},"split":{"type":"string","enum":["train","held_out","unknown"]},"digest":{"type":"object","properties":{"algorithm":{"type":"string","enum":["sha256","sha1","md5","xxh64","blake3"]},"value":{"type":"string","pattern":"^[0-9a-f]{16,64}$"}},"required":["algorithm","value"],"additionalProperties":false},"bytes":{"type":"object","properties":{"value":{"type":"integer","minimum":0,"maximum":9007199254740991},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]}},"required":["value","method"],"additionalProperties":false},"documents":{"type":"object","properties":{"value":{"type":"integer","minimum":0,"maximum":9007199254740991},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]}},"required":["value","method"],"additionalProperties":false},"tokens":{"type":"object","properties":{"value":{"type":"integer","minimum":0,"maximum":9007199254740991},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]}},"required":["value","method"],"additionalProperties":false},"tokenizer":{"type":"string","maxLength":256,"minLength":1},"licence":{"type":"string","maxLength":256,"minLength":1},"origin":{"type":"object","properties":{"registry":{"type":"string","maxLength":256,"minLength":1},"package":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1},"path":{"type":"string","maxLength":1024,"minLength":1}},"required":["registry","package","version"],"additionalProperties":false}},"required":["shardId","uri","slice","split"],"additionalProperties":false};

function validate35(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.shard.registered:2.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate35.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.shardId === undefined) && (missing0 = "shardId")) || ((data.uri === undefined) && (missing0 = "uri"))) || ((data.slice === undefined) && (missing0 = "slice"))) || ((data.split === undefined) && (missing0 = "split"))){
validate35.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema47.properties, key0))){
validate35.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
if(data0.length > 1024){
validate35.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data0.length < 1){
validate35.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate35.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data1.length < 1){
validate35.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 128){
validate35.errors = [{instancePath:instancePath+"/slice",schemaPath:"#/properties/slice/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern15.test(data2)){
validate35.errors = [{instancePath:instancePath+"/slice",schemaPath:"#/properties/slice/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"+"\""}];
return false;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/slice",schemaPath:"#/properties/slice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 256){
validate35.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate35.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.split !== undefined){
let data4 = data.split;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate35.errors = [{instancePath:instancePath+"/split",schemaPath:"#/properties/split/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data4 === "train") || (data4 === "held_out")) || (data4 === "unknown"))){
validate35.errors = [{instancePath:instancePath+"/split",schemaPath:"#/properties/split/enum",keyword:"enum",params:{allowedValues: schema47.properties.split.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.digest !== undefined){
let data5 = data.digest;
const _errs12 = errors;
if(errors === _errs12){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if(((data5.algorithm === undefined) && (missing1 = "algorithm")) || ((data5.value === undefined) && (missing1 = "value"))){
validate35.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs14 = errors;
for(const key1 in data5){
if(!((key1 === "algorithm") || (key1 === "value"))){
validate35.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs14 === errors){
if(data5.algorithm !== undefined){
let data6 = data5.algorithm;
const _errs15 = errors;
if(typeof data6 !== "string"){
validate35.errors = [{instancePath:instancePath+"/digest/algorithm",schemaPath:"#/properties/digest/properties/algorithm/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data6 === "sha256") || (data6 === "sha1")) || (data6 === "md5")) || (data6 === "xxh64")) || (data6 === "blake3"))){
validate35.errors = [{instancePath:instancePath+"/digest/algorithm",schemaPath:"#/properties/digest/properties/algorithm/enum",keyword:"enum",params:{allowedValues: schema47.properties.digest.properties.algorithm.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid1 = _errs15 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data5.value !== undefined){
let data7 = data5.value;
const _errs17 = errors;
if(errors === _errs17){
if(typeof data7 === "string"){
if(!pattern14.test(data7)){
validate35.errors = [{instancePath:instancePath+"/digest/value",schemaPath:"#/properties/digest/properties/value/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{16,64}$"},message:"must match pattern \""+"^[0-9a-f]{16,64}$"+"\""}];
return false;
}
}
else {
validate35.errors = [{instancePath:instancePath+"/digest/value",schemaPath:"#/properties/digest/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs17 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.bytes !== undefined){
let data8 = data.bytes;
const _errs19 = errors;
if(errors === _errs19){
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
let missing2;
if(((data8.value === undefined) && (missing2 = "value")) || ((data8.method === undefined) && (missing2 = "method"))){
validate35.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs21 = errors;
for(const key2 in data8){
if(!((key2 === "value") || (key2 === "method"))){
validate35.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs21 === errors){
if(data8.value !== undefined){
let data9 = data8.value;
const _errs22 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate35.errors = [{instancePath:instancePath+"/bytes/value",schemaPath:"#/properties/bytes/properties/value/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs22){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 9007199254740991 || isNaN(data9)){
validate35.errors = [{instancePath:instancePath+"/bytes/value",schemaPath:"#/properties/bytes/properties/value/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data9 < 0 || isNaN(data9)){
validate35.errors = [{instancePath:instancePath+"/bytes/value",schemaPath:"#/properties/bytes/properties/value/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid2 = _errs22 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data8.method !== undefined){
let data10 = data8.method;
const _errs24 = errors;
if(typeof data10 !== "string"){
validate35.errors = [{instancePath:instancePath+"/bytes/method",schemaPath:"#/properties/bytes/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data10 === "measured") || (data10 === "reported")) || (data10 === "declared")) || (data10 === "inferred")) || (data10 === "sampled"))){
validate35.errors = [{instancePath:instancePath+"/bytes/method",schemaPath:"#/properties/bytes/properties/method/enum",keyword:"enum",params:{allowedValues: schema47.properties.bytes.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid2 = _errs24 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.documents !== undefined){
let data11 = data.documents;
const _errs26 = errors;
if(errors === _errs26){
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
let missing3;
if(((data11.value === undefined) && (missing3 = "value")) || ((data11.method === undefined) && (missing3 = "method"))){
validate35.errors = [{instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
const _errs28 = errors;
for(const key3 in data11){
if(!((key3 === "value") || (key3 === "method"))){
validate35.errors = [{instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs28 === errors){
if(data11.value !== undefined){
let data12 = data11.value;
const _errs29 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate35.errors = [{instancePath:instancePath+"/documents/value",schemaPath:"#/properties/documents/properties/value/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs29){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 9007199254740991 || isNaN(data12)){
validate35.errors = [{instancePath:instancePath+"/documents/value",schemaPath:"#/properties/documents/properties/value/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data12 < 0 || isNaN(data12)){
validate35.errors = [{instancePath:instancePath+"/documents/value",schemaPath:"#/properties/documents/properties/value/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid3 = _errs29 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data11.method !== undefined){
let data13 = data11.method;
const _errs31 = errors;
if(typeof data13 !== "string"){
validate35.errors = [{instancePath:instancePath+"/documents/method",schemaPath:"#/properties/documents/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data13 === "measured") || (data13 === "reported")) || (data13 === "declared")) || (data13 === "inferred")) || (data13 === "sampled"))){
validate35.errors = [{instancePath:instancePath+"/documents/method",schemaPath:"#/properties/documents/properties/method/enum",keyword:"enum",params:{allowedValues: schema47.properties.documents.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid3 = _errs31 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokens !== undefined){
let data14 = data.tokens;
const _errs33 = errors;
if(errors === _errs33){
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
let missing4;
if(((data14.value === undefined) && (missing4 = "value")) || ((data14.method === undefined) && (missing4 = "method"))){
validate35.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
const _errs35 = errors;
for(const key4 in data14){
if(!((key4 === "value") || (key4 === "method"))){
validate35.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs35 === errors){
if(data14.value !== undefined){
let data15 = data14.value;
const _errs36 = errors;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
validate35.errors = [{instancePath:instancePath+"/tokens/value",schemaPath:"#/properties/tokens/properties/value/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs36){
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 9007199254740991 || isNaN(data15)){
validate35.errors = [{instancePath:instancePath+"/tokens/value",schemaPath:"#/properties/tokens/properties/value/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data15 < 0 || isNaN(data15)){
validate35.errors = [{instancePath:instancePath+"/tokens/value",schemaPath:"#/properties/tokens/properties/value/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid4 = _errs36 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data14.method !== undefined){
let data16 = data14.method;
const _errs38 = errors;
if(typeof data16 !== "string"){
validate35.errors = [{instancePath:instancePath+"/tokens/method",schemaPath:"#/properties/tokens/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data16 === "measured") || (data16 === "reported")) || (data16 === "declared")) || (data16 === "inferred")) || (data16 === "sampled"))){
validate35.errors = [{instancePath:instancePath+"/tokens/method",schemaPath:"#/properties/tokens/properties/method/enum",keyword:"enum",params:{allowedValues: schema47.properties.tokens.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid4 = _errs38 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs33 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokenizer !== undefined){
let data17 = data.tokenizer;
const _errs40 = errors;
if(errors === _errs40){
if(typeof data17 === "string"){
if(data17.length > 256){
validate35.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data17.length < 1){
validate35.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs40 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.licence !== undefined){
let data18 = data.licence;
const _errs42 = errors;
if(errors === _errs42){
if(typeof data18 === "string"){
if(data18.length > 256){
validate35.errors = [{instancePath:instancePath+"/licence",schemaPath:"#/properties/licence/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data18.length < 1){
validate35.errors = [{instancePath:instancePath+"/licence",schemaPath:"#/properties/licence/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/licence",schemaPath:"#/properties/licence/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs42 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.origin !== undefined){
let data19 = data.origin;
const _errs44 = errors;
if(errors === _errs44){
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
let missing5;
if((((data19.registry === undefined) && (missing5 = "registry")) || ((data19.package === undefined) && (missing5 = "package"))) || ((data19.version === undefined) && (missing5 = "version"))){
validate35.errors = [{instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/required",keyword:"required",params:{missingProperty: missing5},message:"must have required property '"+missing5+"'"}];
return false;
}
else {
const _errs46 = errors;
for(const key5 in data19){
if(!((((key5 === "registry") || (key5 === "package")) || (key5 === "version")) || (key5 === "path"))){
validate35.errors = [{instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs46 === errors){
if(data19.registry !== undefined){
let data20 = data19.registry;
const _errs47 = errors;
if(errors === _errs47){
if(typeof data20 === "string"){
if(data20.length > 256){
validate35.errors = [{instancePath:instancePath+"/origin/registry",schemaPath:"#/properties/origin/properties/registry/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data20.length < 1){
validate35.errors = [{instancePath:instancePath+"/origin/registry",schemaPath:"#/properties/origin/properties/registry/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/origin/registry",schemaPath:"#/properties/origin/properties/registry/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs47 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data19.package !== undefined){
let data21 = data19.package;
const _errs49 = errors;
if(errors === _errs49){
if(typeof data21 === "string"){
if(data21.length > 256){
validate35.errors = [{instancePath:instancePath+"/origin/package",schemaPath:"#/properties/origin/properties/package/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data21.length < 1){
validate35.errors = [{instancePath:instancePath+"/origin/package",schemaPath:"#/properties/origin/properties/package/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/origin/package",schemaPath:"#/properties/origin/properties/package/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs49 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data19.version !== undefined){
let data22 = data19.version;
const _errs51 = errors;
if(errors === _errs51){
if(typeof data22 === "string"){
if(data22.length > 256){
validate35.errors = [{instancePath:instancePath+"/origin/version",schemaPath:"#/properties/origin/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data22.length < 1){
validate35.errors = [{instancePath:instancePath+"/origin/version",schemaPath:"#/properties/origin/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/origin/version",schemaPath:"#/properties/origin/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs51 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data19.path !== undefined){
let data23 = data19.path;
const _errs53 = errors;
if(errors === _errs53){
if(typeof data23 === "string"){
if(data23.length > 1024){
validate35.errors = [{instancePath:instancePath+"/origin/path",schemaPath:"#/properties/origin/properties/path/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data23.length < 1){
validate35.errors = [{instancePath:instancePath+"/origin/path",schemaPath:"#/properties/origin/properties/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/origin/path",schemaPath:"#/properties/origin/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs53 === errors;
}
else {
var valid5 = true;
}
}
}
}
}
}
}
else {
validate35.errors = [{instancePath:instancePath+"/origin",schemaPath:"#/properties/origin/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs44 === errors;
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
else {
validate35.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate35.errors = vErrors;
return errors === 0;
}
validate35.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusShardRetracted = validate36;
const schema48 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.shard.retracted:1.0","title":"corpus.shard.retracted","x-stream":"shard/{shardId}","type":"object","properties":{"shardId":{"type":"string","maxLength":1024,"minLength":1},"reason":{"type":"string","maxLength":4096,"minLength":1},"actor":{"type":"string","maxLength":256,"minLength":1}},"required":["shardId","reason","actor"],"additionalProperties":false};

function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.shard.retracted:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate36.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.shardId === undefined) && (missing0 = "shardId")) || ((data.reason === undefined) && (missing0 = "reason"))) || ((data.actor === undefined) && (missing0 = "actor"))){
validate36.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "shardId") || (key0 === "reason")) || (key0 === "actor"))){
validate36.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
if(data0.length > 1024){
validate36.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data0.length < 1){
validate36.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate36.errors = [{instancePath:instancePath+"/shardId",schemaPath:"#/properties/shardId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
let data1 = data.reason;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 4096){
validate36.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data1.length < 1){
validate36.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate36.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actor !== undefined){
let data2 = data.actor;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 256){
validate36.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate36.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate36.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate36.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate36.errors = vErrors;
return errors === 0;
}
validate36.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusSnapshotRegistered = validate37;
const schema49 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.snapshot.registered:1.0","title":"corpus.snapshot.registered","x-stream":"snapshot/{snapshotId}","type":"object","properties":{"snapshotId":{"type":"string","maxLength":512,"minLength":1},"name":{"type":"string","maxLength":512,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1},"description":{"type":"string","maxLength":16384},"uri":{"type":"string","maxLength":2048,"minLength":1},"digest":{"type":"object","properties":{"algorithm":{"type":"string","enum":["sha256","sha1","md5","xxh64","blake3"]},"value":{"type":"string","pattern":"^[0-9a-f]{16,64}$"}},"required":["algorithm","value"],"additionalProperties":false},"licence":{"type":"string","maxLength":256,"minLength":1},"licenceStated":{"type":"string","maxLength":4096},"createdAt":{"type":"string","maxLength":64,"minLength":1},"createdAtZone":{"type":"string","enum":["utc","unknown"]},"bytes":{"type":"object","properties":{"value":{"type":"integer","minimum":0,"maximum":9007199254740991},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]}},"required":["value","method"],"additionalProperties":false},"documents":{"type":"object","properties":{"value":{"type":"integer","minimum":0,"maximum":9007199254740991},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]}},"required":["value","method"],"additionalProperties":false},"tokens":{"type":"object","properties":{"value":{"type":"integer","minimum":0,"maximum":9007199254740991},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]}},"required":["value","method"],"additionalProperties":false},"tokenizer":{"type":"string","maxLength":256,"minLength":1},"sources":{"type":"array","items":{"type":"object","properties":{"kind":{"type":"string","enum":["snapshot","shard","uri","name","unknown"]},"ref":{"type":"string","maxLength":2048},"name":{"type":"string","maxLength":512},"multiplicity":{"type":"integer","minimum":1,"maximum":1000000},"reason":{"type":"string","maxLength":512,"minLength":1}},"required":["kind","ref","multiplicity"],"additionalProperties":false},"maxItems":5000},"code":{"type":"object","properties":{"repository":{"type":"string","maxLength":1024,"minLength":1},"revision":{"type":"string","maxLength":256,"minLength":1},"digest":{"type":"string","pattern":"^[0-9a-f]{64}$"}},"required":[],"additionalProperties":false},"config":{"type":"object","maxProperties":500},"redacted":{"type":"boolean"}},"required":["snapshotId"],"additionalProperties":false};

function validate37(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.snapshot.registered:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate37.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.snapshotId === undefined) && (missing0 = "snapshotId")){
validate37.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema49.properties, key0))){
validate37.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.snapshotId !== undefined){
let data0 = data.snapshotId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 512){
validate37.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data0.length < 1){
validate37.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
let data1 = data.name;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 512){
validate37.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data1.length < 1){
validate37.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
let data2 = data.version;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 256){
validate37.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate37.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
let data3 = data.description;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 16384){
validate37.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/maxLength",keyword:"maxLength",params:{limit: 16384},message:"must NOT have more than 16384 characters"}];
return false;
}
}
else {
validate37.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.uri !== undefined){
let data4 = data.uri;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 2048){
validate37.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data4.length < 1){
validate37.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.digest !== undefined){
let data5 = data.digest;
const _errs12 = errors;
if(errors === _errs12){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if(((data5.algorithm === undefined) && (missing1 = "algorithm")) || ((data5.value === undefined) && (missing1 = "value"))){
validate37.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs14 = errors;
for(const key1 in data5){
if(!((key1 === "algorithm") || (key1 === "value"))){
validate37.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs14 === errors){
if(data5.algorithm !== undefined){
let data6 = data5.algorithm;
const _errs15 = errors;
if(typeof data6 !== "string"){
validate37.errors = [{instancePath:instancePath+"/digest/algorithm",schemaPath:"#/properties/digest/properties/algorithm/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data6 === "sha256") || (data6 === "sha1")) || (data6 === "md5")) || (data6 === "xxh64")) || (data6 === "blake3"))){
validate37.errors = [{instancePath:instancePath+"/digest/algorithm",schemaPath:"#/properties/digest/properties/algorithm/enum",keyword:"enum",params:{allowedValues: schema49.properties.digest.properties.algorithm.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid1 = _errs15 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data5.value !== undefined){
let data7 = data5.value;
const _errs17 = errors;
if(errors === _errs17){
if(typeof data7 === "string"){
if(!pattern14.test(data7)){
validate37.errors = [{instancePath:instancePath+"/digest/value",schemaPath:"#/properties/digest/properties/value/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{16,64}$"},message:"must match pattern \""+"^[0-9a-f]{16,64}$"+"\""}];
return false;
}
}
else {
validate37.errors = [{instancePath:instancePath+"/digest/value",schemaPath:"#/properties/digest/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs17 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.licence !== undefined){
let data8 = data.licence;
const _errs19 = errors;
if(errors === _errs19){
if(typeof data8 === "string"){
if(data8.length > 256){
validate37.errors = [{instancePath:instancePath+"/licence",schemaPath:"#/properties/licence/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data8.length < 1){
validate37.errors = [{instancePath:instancePath+"/licence",schemaPath:"#/properties/licence/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/licence",schemaPath:"#/properties/licence/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.licenceStated !== undefined){
let data9 = data.licenceStated;
const _errs21 = errors;
if(errors === _errs21){
if(typeof data9 === "string"){
if(data9.length > 4096){
validate37.errors = [{instancePath:instancePath+"/licenceStated",schemaPath:"#/properties/licenceStated/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
}
else {
validate37.errors = [{instancePath:instancePath+"/licenceStated",schemaPath:"#/properties/licenceStated/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs21 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.createdAt !== undefined){
let data10 = data.createdAt;
const _errs23 = errors;
if(errors === _errs23){
if(typeof data10 === "string"){
if(data10.length > 64){
validate37.errors = [{instancePath:instancePath+"/createdAt",schemaPath:"#/properties/createdAt/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(data10.length < 1){
validate37.errors = [{instancePath:instancePath+"/createdAt",schemaPath:"#/properties/createdAt/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/createdAt",schemaPath:"#/properties/createdAt/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.createdAtZone !== undefined){
let data11 = data.createdAtZone;
const _errs25 = errors;
if(typeof data11 !== "string"){
validate37.errors = [{instancePath:instancePath+"/createdAtZone",schemaPath:"#/properties/createdAtZone/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data11 === "utc") || (data11 === "unknown"))){
validate37.errors = [{instancePath:instancePath+"/createdAtZone",schemaPath:"#/properties/createdAtZone/enum",keyword:"enum",params:{allowedValues: schema49.properties.createdAtZone.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs25 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.bytes !== undefined){
let data12 = data.bytes;
const _errs27 = errors;
if(errors === _errs27){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
let missing2;
if(((data12.value === undefined) && (missing2 = "value")) || ((data12.method === undefined) && (missing2 = "method"))){
validate37.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs29 = errors;
for(const key2 in data12){
if(!((key2 === "value") || (key2 === "method"))){
validate37.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs29 === errors){
if(data12.value !== undefined){
let data13 = data12.value;
const _errs30 = errors;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
validate37.errors = [{instancePath:instancePath+"/bytes/value",schemaPath:"#/properties/bytes/properties/value/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs30){
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 9007199254740991 || isNaN(data13)){
validate37.errors = [{instancePath:instancePath+"/bytes/value",schemaPath:"#/properties/bytes/properties/value/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data13 < 0 || isNaN(data13)){
validate37.errors = [{instancePath:instancePath+"/bytes/value",schemaPath:"#/properties/bytes/properties/value/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
if(valid2){
if(data12.method !== undefined){
let data14 = data12.method;
const _errs32 = errors;
if(typeof data14 !== "string"){
validate37.errors = [{instancePath:instancePath+"/bytes/method",schemaPath:"#/properties/bytes/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data14 === "measured") || (data14 === "reported")) || (data14 === "declared")) || (data14 === "inferred")) || (data14 === "sampled"))){
validate37.errors = [{instancePath:instancePath+"/bytes/method",schemaPath:"#/properties/bytes/properties/method/enum",keyword:"enum",params:{allowedValues: schema49.properties.bytes.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid2 = _errs32 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs27 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.documents !== undefined){
let data15 = data.documents;
const _errs34 = errors;
if(errors === _errs34){
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
let missing3;
if(((data15.value === undefined) && (missing3 = "value")) || ((data15.method === undefined) && (missing3 = "method"))){
validate37.errors = [{instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
const _errs36 = errors;
for(const key3 in data15){
if(!((key3 === "value") || (key3 === "method"))){
validate37.errors = [{instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs36 === errors){
if(data15.value !== undefined){
let data16 = data15.value;
const _errs37 = errors;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
validate37.errors = [{instancePath:instancePath+"/documents/value",schemaPath:"#/properties/documents/properties/value/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs37){
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 > 9007199254740991 || isNaN(data16)){
validate37.errors = [{instancePath:instancePath+"/documents/value",schemaPath:"#/properties/documents/properties/value/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data16 < 0 || isNaN(data16)){
validate37.errors = [{instancePath:instancePath+"/documents/value",schemaPath:"#/properties/documents/properties/value/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid3 = _errs37 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data15.method !== undefined){
let data17 = data15.method;
const _errs39 = errors;
if(typeof data17 !== "string"){
validate37.errors = [{instancePath:instancePath+"/documents/method",schemaPath:"#/properties/documents/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data17 === "measured") || (data17 === "reported")) || (data17 === "declared")) || (data17 === "inferred")) || (data17 === "sampled"))){
validate37.errors = [{instancePath:instancePath+"/documents/method",schemaPath:"#/properties/documents/properties/method/enum",keyword:"enum",params:{allowedValues: schema49.properties.documents.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
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
validate37.errors = [{instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs34 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokens !== undefined){
let data18 = data.tokens;
const _errs41 = errors;
if(errors === _errs41){
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
let missing4;
if(((data18.value === undefined) && (missing4 = "value")) || ((data18.method === undefined) && (missing4 = "method"))){
validate37.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
const _errs43 = errors;
for(const key4 in data18){
if(!((key4 === "value") || (key4 === "method"))){
validate37.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs43 === errors){
if(data18.value !== undefined){
let data19 = data18.value;
const _errs44 = errors;
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
validate37.errors = [{instancePath:instancePath+"/tokens/value",schemaPath:"#/properties/tokens/properties/value/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs44){
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 9007199254740991 || isNaN(data19)){
validate37.errors = [{instancePath:instancePath+"/tokens/value",schemaPath:"#/properties/tokens/properties/value/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data19 < 0 || isNaN(data19)){
validate37.errors = [{instancePath:instancePath+"/tokens/value",schemaPath:"#/properties/tokens/properties/value/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid4 = _errs44 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data18.method !== undefined){
let data20 = data18.method;
const _errs46 = errors;
if(typeof data20 !== "string"){
validate37.errors = [{instancePath:instancePath+"/tokens/method",schemaPath:"#/properties/tokens/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data20 === "measured") || (data20 === "reported")) || (data20 === "declared")) || (data20 === "inferred")) || (data20 === "sampled"))){
validate37.errors = [{instancePath:instancePath+"/tokens/method",schemaPath:"#/properties/tokens/properties/method/enum",keyword:"enum",params:{allowedValues: schema49.properties.tokens.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid4 = _errs46 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs41 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokenizer !== undefined){
let data21 = data.tokenizer;
const _errs48 = errors;
if(errors === _errs48){
if(typeof data21 === "string"){
if(data21.length > 256){
validate37.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data21.length < 1){
validate37.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs48 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.sources !== undefined){
let data22 = data.sources;
const _errs50 = errors;
if(errors === _errs50){
if(Array.isArray(data22)){
if(data22.length > 5000){
validate37.errors = [{instancePath:instancePath+"/sources",schemaPath:"#/properties/sources/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items"}];
return false;
}
else {
var valid5 = true;
const len0 = data22.length;
for(let i0=0; i0<len0; i0++){
let data23 = data22[i0];
const _errs52 = errors;
if(errors === _errs52){
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
let missing5;
if((((data23.kind === undefined) && (missing5 = "kind")) || ((data23.ref === undefined) && (missing5 = "ref"))) || ((data23.multiplicity === undefined) && (missing5 = "multiplicity"))){
validate37.errors = [{instancePath:instancePath+"/sources/" + i0,schemaPath:"#/properties/sources/items/required",keyword:"required",params:{missingProperty: missing5},message:"must have required property '"+missing5+"'"}];
return false;
}
else {
const _errs54 = errors;
for(const key5 in data23){
if(!(((((key5 === "kind") || (key5 === "ref")) || (key5 === "name")) || (key5 === "multiplicity")) || (key5 === "reason"))){
validate37.errors = [{instancePath:instancePath+"/sources/" + i0,schemaPath:"#/properties/sources/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs54 === errors){
if(data23.kind !== undefined){
let data24 = data23.kind;
const _errs55 = errors;
if(typeof data24 !== "string"){
validate37.errors = [{instancePath:instancePath+"/sources/" + i0+"/kind",schemaPath:"#/properties/sources/items/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data24 === "snapshot") || (data24 === "shard")) || (data24 === "uri")) || (data24 === "name")) || (data24 === "unknown"))){
validate37.errors = [{instancePath:instancePath+"/sources/" + i0+"/kind",schemaPath:"#/properties/sources/items/properties/kind/enum",keyword:"enum",params:{allowedValues: schema49.properties.sources.items.properties.kind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid6 = _errs55 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data23.ref !== undefined){
let data25 = data23.ref;
const _errs57 = errors;
if(errors === _errs57){
if(typeof data25 === "string"){
if(data25.length > 2048){
validate37.errors = [{instancePath:instancePath+"/sources/" + i0+"/ref",schemaPath:"#/properties/sources/items/properties/ref/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
}
else {
validate37.errors = [{instancePath:instancePath+"/sources/" + i0+"/ref",schemaPath:"#/properties/sources/items/properties/ref/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid6 = _errs57 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data23.name !== undefined){
let data26 = data23.name;
const _errs59 = errors;
if(errors === _errs59){
if(typeof data26 === "string"){
if(data26.length > 512){
validate37.errors = [{instancePath:instancePath+"/sources/" + i0+"/name",schemaPath:"#/properties/sources/items/properties/name/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
}
else {
validate37.errors = [{instancePath:instancePath+"/sources/" + i0+"/name",schemaPath:"#/properties/sources/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid6 = _errs59 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data23.multiplicity !== undefined){
let data27 = data23.multiplicity;
const _errs61 = errors;
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
validate37.errors = [{instancePath:instancePath+"/sources/" + i0+"/multiplicity",schemaPath:"#/properties/sources/items/properties/multiplicity/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs61){
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 1000000 || isNaN(data27)){
validate37.errors = [{instancePath:instancePath+"/sources/" + i0+"/multiplicity",schemaPath:"#/properties/sources/items/properties/multiplicity/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data27 < 1 || isNaN(data27)){
validate37.errors = [{instancePath:instancePath+"/sources/" + i0+"/multiplicity",schemaPath:"#/properties/sources/items/properties/multiplicity/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid6 = _errs61 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data23.reason !== undefined){
let data28 = data23.reason;
const _errs63 = errors;
if(errors === _errs63){
if(typeof data28 === "string"){
if(data28.length > 512){
validate37.errors = [{instancePath:instancePath+"/sources/" + i0+"/reason",schemaPath:"#/properties/sources/items/properties/reason/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data28.length < 1){
validate37.errors = [{instancePath:instancePath+"/sources/" + i0+"/reason",schemaPath:"#/properties/sources/items/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/sources/" + i0+"/reason",schemaPath:"#/properties/sources/items/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid6 = _errs63 === errors;
}
else {
var valid6 = true;
}
}
}
}
}
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/sources/" + i0,schemaPath:"#/properties/sources/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid5 = _errs52 === errors;
if(!valid5){
break;
}
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/sources",schemaPath:"#/properties/sources/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs50 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.code !== undefined){
let data29 = data.code;
const _errs65 = errors;
if(errors === _errs65){
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
const _errs67 = errors;
for(const key6 in data29){
if(!(((key6 === "repository") || (key6 === "revision")) || (key6 === "digest"))){
validate37.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs67 === errors){
if(data29.repository !== undefined){
let data30 = data29.repository;
const _errs68 = errors;
if(errors === _errs68){
if(typeof data30 === "string"){
if(data30.length > 1024){
validate37.errors = [{instancePath:instancePath+"/code/repository",schemaPath:"#/properties/code/properties/repository/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data30.length < 1){
validate37.errors = [{instancePath:instancePath+"/code/repository",schemaPath:"#/properties/code/properties/repository/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/code/repository",schemaPath:"#/properties/code/properties/repository/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs68 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data29.revision !== undefined){
let data31 = data29.revision;
const _errs70 = errors;
if(errors === _errs70){
if(typeof data31 === "string"){
if(data31.length > 256){
validate37.errors = [{instancePath:instancePath+"/code/revision",schemaPath:"#/properties/code/properties/revision/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data31.length < 1){
validate37.errors = [{instancePath:instancePath+"/code/revision",schemaPath:"#/properties/code/properties/revision/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/code/revision",schemaPath:"#/properties/code/properties/revision/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs70 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data29.digest !== undefined){
let data32 = data29.digest;
const _errs72 = errors;
if(errors === _errs72){
if(typeof data32 === "string"){
if(!pattern8.test(data32)){
validate37.errors = [{instancePath:instancePath+"/code/digest",schemaPath:"#/properties/code/properties/digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate37.errors = [{instancePath:instancePath+"/code/digest",schemaPath:"#/properties/code/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs72 === errors;
}
else {
var valid7 = true;
}
}
}
}
}
else {
validate37.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs65 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.config !== undefined){
let data33 = data.config;
const _errs74 = errors;
if(errors === _errs74){
if(data33 && typeof data33 == "object" && !Array.isArray(data33)){
if(Object.keys(data33).length > 500){
validate37.errors = [{instancePath:instancePath+"/config",schemaPath:"#/properties/config/maxProperties",keyword:"maxProperties",params:{limit: 500},message:"must NOT have more than 500 properties"}];
return false;
}
}
else {
validate37.errors = [{instancePath:instancePath+"/config",schemaPath:"#/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs74 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.redacted !== undefined){
const _errs76 = errors;
if(typeof data.redacted !== "boolean"){
validate37.errors = [{instancePath:instancePath+"/redacted",schemaPath:"#/properties/redacted/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs76 === errors;
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
else {
validate37.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate37.errors = vErrors;
return errors === 0;
}
validate37.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusSourceRetracted = validate38;
const schema50 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.source.retracted:1.0","title":"corpus.source.retracted","x-stream":"source/{ref}","type":"object","properties":{"kind":{"type":"string","enum":["snapshot","package"]},"ref":{"type":"string","maxLength":1024,"minLength":1},"reason":{"type":"string","maxLength":4096,"minLength":1},"actor":{"type":"string","maxLength":256,"minLength":1}},"required":["kind","ref","reason","actor"],"additionalProperties":false};

function validate38(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.source.retracted:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate38.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.kind === undefined) && (missing0 = "kind")) || ((data.ref === undefined) && (missing0 = "ref"))) || ((data.reason === undefined) && (missing0 = "reason"))) || ((data.actor === undefined) && (missing0 = "actor"))){
validate38.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "kind") || (key0 === "ref")) || (key0 === "reason")) || (key0 === "actor"))){
validate38.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
let data0 = data.kind;
const _errs2 = errors;
if(typeof data0 !== "string"){
validate38.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data0 === "snapshot") || (data0 === "package"))){
validate38.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/enum",keyword:"enum",params:{allowedValues: schema50.properties.kind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.ref !== undefined){
let data1 = data.ref;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 1024){
validate38.errors = [{instancePath:instancePath+"/ref",schemaPath:"#/properties/ref/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data1.length < 1){
validate38.errors = [{instancePath:instancePath+"/ref",schemaPath:"#/properties/ref/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/ref",schemaPath:"#/properties/ref/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate38.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data2.length < 1){
validate38.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate38.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate38.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate38.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate38.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate38.errors = vErrors;
return errors === 0;
}
validate38.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusStepCompleted = validate39;
const schema51 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.step.completed:1.0","title":"corpus.step.completed","x-stream":"pipeline/{pipelineId}","type":"object","properties":{"pipelineId":{"type":"string","maxLength":512,"minLength":1},"stepId":{"type":"string","maxLength":512,"minLength":1},"index":{"type":"integer","minimum":0,"maximum":100000},"name":{"type":"string","maxLength":512,"minLength":1},"kind":{"type":"string","enum":["read","filter","deduplicate","tag","mix","sample","tokenize","write","other"]},"tool":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1}},"required":["name"],"additionalProperties":false},"inputs":{"type":"array","items":{"type":"string","maxLength":2048},"maxItems":5000},"outputs":{"type":"array","items":{"type":"string","maxLength":2048},"maxItems":5000},"documentsIn":{"type":"object","properties":{"value":{"type":"integer","minimum":0,"maximum":9007199254740991},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]}},"required":["value","method"],"additionalProperties":false},"documentsOut":{"type":"object","properties":{"value":{"type":"integer","minimum":0,"maximum":9007199254740991},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]}},"required":["value","method"],"additionalProperties":false},"bytesOut":{"type":"object","properties":{"value":{"type":"integer","minimum":0,"maximum":9007199254740991},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]}},"required":["value","method"],"additionalProperties":false},"tokensOut":{"type":"object","properties":{"value":{"type":"integer","minimum":0,"maximum":9007199254740991},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]}},"required":["value","method"],"additionalProperties":false},"dropped":{"type":"array","items":{"type":"object","properties":{"reason":{"type":"string","maxLength":512,"minLength":1},"documents":{"type":"object","properties":{"value":{"type":"integer","minimum":0,"maximum":9007199254740991},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]}},"required":["value","method"],"additionalProperties":false}},"required":["reason","documents"],"additionalProperties":false},"maxItems":1000},"config":{"type":"object","maxProperties":500},"seconds":{"type":"number","minimum":0},"redacted":{"type":"boolean"}},"required":["pipelineId","stepId","name","kind"],"additionalProperties":false};

function validate39(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.step.completed:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate39.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.pipelineId === undefined) && (missing0 = "pipelineId")) || ((data.stepId === undefined) && (missing0 = "stepId"))) || ((data.name === undefined) && (missing0 = "name"))) || ((data.kind === undefined) && (missing0 = "kind"))){
validate39.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema51.properties, key0))){
validate39.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.pipelineId !== undefined){
let data0 = data.pipelineId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 512){
validate39.errors = [{instancePath:instancePath+"/pipelineId",schemaPath:"#/properties/pipelineId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data0.length < 1){
validate39.errors = [{instancePath:instancePath+"/pipelineId",schemaPath:"#/properties/pipelineId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/pipelineId",schemaPath:"#/properties/pipelineId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.stepId !== undefined){
let data1 = data.stepId;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 512){
validate39.errors = [{instancePath:instancePath+"/stepId",schemaPath:"#/properties/stepId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data1.length < 1){
validate39.errors = [{instancePath:instancePath+"/stepId",schemaPath:"#/properties/stepId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/stepId",schemaPath:"#/properties/stepId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.index !== undefined){
let data2 = data.index;
const _errs6 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate39.errors = [{instancePath:instancePath+"/index",schemaPath:"#/properties/index/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs6){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 100000 || isNaN(data2)){
validate39.errors = [{instancePath:instancePath+"/index",schemaPath:"#/properties/index/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000"}];
return false;
}
else {
if(data2 < 0 || isNaN(data2)){
validate39.errors = [{instancePath:instancePath+"/index",schemaPath:"#/properties/index/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
if(data.name !== undefined){
let data3 = data.name;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 512){
validate39.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data3.length < 1){
validate39.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.kind !== undefined){
let data4 = data.kind;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate39.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((((((data4 === "read") || (data4 === "filter")) || (data4 === "deduplicate")) || (data4 === "tag")) || (data4 === "mix")) || (data4 === "sample")) || (data4 === "tokenize")) || (data4 === "write")) || (data4 === "other"))){
validate39.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/enum",keyword:"enum",params:{allowedValues: schema51.properties.kind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tool !== undefined){
let data5 = data.tool;
const _errs12 = errors;
if(errors === _errs12){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if((data5.name === undefined) && (missing1 = "name")){
validate39.errors = [{instancePath:instancePath+"/tool",schemaPath:"#/properties/tool/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs14 = errors;
for(const key1 in data5){
if(!((key1 === "name") || (key1 === "version"))){
validate39.errors = [{instancePath:instancePath+"/tool",schemaPath:"#/properties/tool/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
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
validate39.errors = [{instancePath:instancePath+"/tool/name",schemaPath:"#/properties/tool/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate39.errors = [{instancePath:instancePath+"/tool/name",schemaPath:"#/properties/tool/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/tool/name",schemaPath:"#/properties/tool/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs15 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data5.version !== undefined){
let data7 = data5.version;
const _errs17 = errors;
if(errors === _errs17){
if(typeof data7 === "string"){
if(data7.length > 256){
validate39.errors = [{instancePath:instancePath+"/tool/version",schemaPath:"#/properties/tool/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data7.length < 1){
validate39.errors = [{instancePath:instancePath+"/tool/version",schemaPath:"#/properties/tool/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/tool/version",schemaPath:"#/properties/tool/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs17 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/tool",schemaPath:"#/properties/tool/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.inputs !== undefined){
let data8 = data.inputs;
const _errs19 = errors;
if(errors === _errs19){
if(Array.isArray(data8)){
if(data8.length > 5000){
validate39.errors = [{instancePath:instancePath+"/inputs",schemaPath:"#/properties/inputs/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items"}];
return false;
}
else {
var valid2 = true;
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
const _errs21 = errors;
if(errors === _errs21){
if(typeof data9 === "string"){
if(data9.length > 2048){
validate39.errors = [{instancePath:instancePath+"/inputs/" + i0,schemaPath:"#/properties/inputs/items/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
}
else {
validate39.errors = [{instancePath:instancePath+"/inputs/" + i0,schemaPath:"#/properties/inputs/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
else {
validate39.errors = [{instancePath:instancePath+"/inputs",schemaPath:"#/properties/inputs/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.outputs !== undefined){
let data10 = data.outputs;
const _errs23 = errors;
if(errors === _errs23){
if(Array.isArray(data10)){
if(data10.length > 5000){
validate39.errors = [{instancePath:instancePath+"/outputs",schemaPath:"#/properties/outputs/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items"}];
return false;
}
else {
var valid3 = true;
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
let data11 = data10[i1];
const _errs25 = errors;
if(errors === _errs25){
if(typeof data11 === "string"){
if(data11.length > 2048){
validate39.errors = [{instancePath:instancePath+"/outputs/" + i1,schemaPath:"#/properties/outputs/items/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
}
else {
validate39.errors = [{instancePath:instancePath+"/outputs/" + i1,schemaPath:"#/properties/outputs/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs25 === errors;
if(!valid3){
break;
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/outputs",schemaPath:"#/properties/outputs/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.documentsIn !== undefined){
let data12 = data.documentsIn;
const _errs27 = errors;
if(errors === _errs27){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
let missing2;
if(((data12.value === undefined) && (missing2 = "value")) || ((data12.method === undefined) && (missing2 = "method"))){
validate39.errors = [{instancePath:instancePath+"/documentsIn",schemaPath:"#/properties/documentsIn/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs29 = errors;
for(const key2 in data12){
if(!((key2 === "value") || (key2 === "method"))){
validate39.errors = [{instancePath:instancePath+"/documentsIn",schemaPath:"#/properties/documentsIn/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs29 === errors){
if(data12.value !== undefined){
let data13 = data12.value;
const _errs30 = errors;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
validate39.errors = [{instancePath:instancePath+"/documentsIn/value",schemaPath:"#/properties/documentsIn/properties/value/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs30){
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 9007199254740991 || isNaN(data13)){
validate39.errors = [{instancePath:instancePath+"/documentsIn/value",schemaPath:"#/properties/documentsIn/properties/value/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data13 < 0 || isNaN(data13)){
validate39.errors = [{instancePath:instancePath+"/documentsIn/value",schemaPath:"#/properties/documentsIn/properties/value/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid4 = _errs30 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data12.method !== undefined){
let data14 = data12.method;
const _errs32 = errors;
if(typeof data14 !== "string"){
validate39.errors = [{instancePath:instancePath+"/documentsIn/method",schemaPath:"#/properties/documentsIn/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data14 === "measured") || (data14 === "reported")) || (data14 === "declared")) || (data14 === "inferred")) || (data14 === "sampled"))){
validate39.errors = [{instancePath:instancePath+"/documentsIn/method",schemaPath:"#/properties/documentsIn/properties/method/enum",keyword:"enum",params:{allowedValues: schema51.properties.documentsIn.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid4 = _errs32 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/documentsIn",schemaPath:"#/properties/documentsIn/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs27 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.documentsOut !== undefined){
let data15 = data.documentsOut;
const _errs34 = errors;
if(errors === _errs34){
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
let missing3;
if(((data15.value === undefined) && (missing3 = "value")) || ((data15.method === undefined) && (missing3 = "method"))){
validate39.errors = [{instancePath:instancePath+"/documentsOut",schemaPath:"#/properties/documentsOut/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
const _errs36 = errors;
for(const key3 in data15){
if(!((key3 === "value") || (key3 === "method"))){
validate39.errors = [{instancePath:instancePath+"/documentsOut",schemaPath:"#/properties/documentsOut/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs36 === errors){
if(data15.value !== undefined){
let data16 = data15.value;
const _errs37 = errors;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
validate39.errors = [{instancePath:instancePath+"/documentsOut/value",schemaPath:"#/properties/documentsOut/properties/value/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs37){
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 > 9007199254740991 || isNaN(data16)){
validate39.errors = [{instancePath:instancePath+"/documentsOut/value",schemaPath:"#/properties/documentsOut/properties/value/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data16 < 0 || isNaN(data16)){
validate39.errors = [{instancePath:instancePath+"/documentsOut/value",schemaPath:"#/properties/documentsOut/properties/value/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid5 = _errs37 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data15.method !== undefined){
let data17 = data15.method;
const _errs39 = errors;
if(typeof data17 !== "string"){
validate39.errors = [{instancePath:instancePath+"/documentsOut/method",schemaPath:"#/properties/documentsOut/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data17 === "measured") || (data17 === "reported")) || (data17 === "declared")) || (data17 === "inferred")) || (data17 === "sampled"))){
validate39.errors = [{instancePath:instancePath+"/documentsOut/method",schemaPath:"#/properties/documentsOut/properties/method/enum",keyword:"enum",params:{allowedValues: schema51.properties.documentsOut.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid5 = _errs39 === errors;
}
else {
var valid5 = true;
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/documentsOut",schemaPath:"#/properties/documentsOut/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs34 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.bytesOut !== undefined){
let data18 = data.bytesOut;
const _errs41 = errors;
if(errors === _errs41){
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
let missing4;
if(((data18.value === undefined) && (missing4 = "value")) || ((data18.method === undefined) && (missing4 = "method"))){
validate39.errors = [{instancePath:instancePath+"/bytesOut",schemaPath:"#/properties/bytesOut/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
const _errs43 = errors;
for(const key4 in data18){
if(!((key4 === "value") || (key4 === "method"))){
validate39.errors = [{instancePath:instancePath+"/bytesOut",schemaPath:"#/properties/bytesOut/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs43 === errors){
if(data18.value !== undefined){
let data19 = data18.value;
const _errs44 = errors;
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
validate39.errors = [{instancePath:instancePath+"/bytesOut/value",schemaPath:"#/properties/bytesOut/properties/value/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs44){
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 9007199254740991 || isNaN(data19)){
validate39.errors = [{instancePath:instancePath+"/bytesOut/value",schemaPath:"#/properties/bytesOut/properties/value/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data19 < 0 || isNaN(data19)){
validate39.errors = [{instancePath:instancePath+"/bytesOut/value",schemaPath:"#/properties/bytesOut/properties/value/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid6 = _errs44 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data18.method !== undefined){
let data20 = data18.method;
const _errs46 = errors;
if(typeof data20 !== "string"){
validate39.errors = [{instancePath:instancePath+"/bytesOut/method",schemaPath:"#/properties/bytesOut/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data20 === "measured") || (data20 === "reported")) || (data20 === "declared")) || (data20 === "inferred")) || (data20 === "sampled"))){
validate39.errors = [{instancePath:instancePath+"/bytesOut/method",schemaPath:"#/properties/bytesOut/properties/method/enum",keyword:"enum",params:{allowedValues: schema51.properties.bytesOut.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid6 = _errs46 === errors;
}
else {
var valid6 = true;
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/bytesOut",schemaPath:"#/properties/bytesOut/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs41 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokensOut !== undefined){
let data21 = data.tokensOut;
const _errs48 = errors;
if(errors === _errs48){
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
let missing5;
if(((data21.value === undefined) && (missing5 = "value")) || ((data21.method === undefined) && (missing5 = "method"))){
validate39.errors = [{instancePath:instancePath+"/tokensOut",schemaPath:"#/properties/tokensOut/required",keyword:"required",params:{missingProperty: missing5},message:"must have required property '"+missing5+"'"}];
return false;
}
else {
const _errs50 = errors;
for(const key5 in data21){
if(!((key5 === "value") || (key5 === "method"))){
validate39.errors = [{instancePath:instancePath+"/tokensOut",schemaPath:"#/properties/tokensOut/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs50 === errors){
if(data21.value !== undefined){
let data22 = data21.value;
const _errs51 = errors;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
validate39.errors = [{instancePath:instancePath+"/tokensOut/value",schemaPath:"#/properties/tokensOut/properties/value/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs51){
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 > 9007199254740991 || isNaN(data22)){
validate39.errors = [{instancePath:instancePath+"/tokensOut/value",schemaPath:"#/properties/tokensOut/properties/value/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data22 < 0 || isNaN(data22)){
validate39.errors = [{instancePath:instancePath+"/tokensOut/value",schemaPath:"#/properties/tokensOut/properties/value/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid7 = _errs51 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data21.method !== undefined){
let data23 = data21.method;
const _errs53 = errors;
if(typeof data23 !== "string"){
validate39.errors = [{instancePath:instancePath+"/tokensOut/method",schemaPath:"#/properties/tokensOut/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data23 === "measured") || (data23 === "reported")) || (data23 === "declared")) || (data23 === "inferred")) || (data23 === "sampled"))){
validate39.errors = [{instancePath:instancePath+"/tokensOut/method",schemaPath:"#/properties/tokensOut/properties/method/enum",keyword:"enum",params:{allowedValues: schema51.properties.tokensOut.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid7 = _errs53 === errors;
}
else {
var valid7 = true;
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/tokensOut",schemaPath:"#/properties/tokensOut/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs48 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.dropped !== undefined){
let data24 = data.dropped;
const _errs55 = errors;
if(errors === _errs55){
if(Array.isArray(data24)){
if(data24.length > 1000){
validate39.errors = [{instancePath:instancePath+"/dropped",schemaPath:"#/properties/dropped/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
var valid8 = true;
const len2 = data24.length;
for(let i2=0; i2<len2; i2++){
let data25 = data24[i2];
const _errs57 = errors;
if(errors === _errs57){
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
let missing6;
if(((data25.reason === undefined) && (missing6 = "reason")) || ((data25.documents === undefined) && (missing6 = "documents"))){
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2,schemaPath:"#/properties/dropped/items/required",keyword:"required",params:{missingProperty: missing6},message:"must have required property '"+missing6+"'"}];
return false;
}
else {
const _errs59 = errors;
for(const key6 in data25){
if(!((key6 === "reason") || (key6 === "documents"))){
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2,schemaPath:"#/properties/dropped/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs59 === errors){
if(data25.reason !== undefined){
let data26 = data25.reason;
const _errs60 = errors;
if(errors === _errs60){
if(typeof data26 === "string"){
if(data26.length > 512){
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2+"/reason",schemaPath:"#/properties/dropped/items/properties/reason/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data26.length < 1){
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2+"/reason",schemaPath:"#/properties/dropped/items/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2+"/reason",schemaPath:"#/properties/dropped/items/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid9 = _errs60 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data25.documents !== undefined){
let data27 = data25.documents;
const _errs62 = errors;
if(errors === _errs62){
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
let missing7;
if(((data27.value === undefined) && (missing7 = "value")) || ((data27.method === undefined) && (missing7 = "method"))){
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2+"/documents",schemaPath:"#/properties/dropped/items/properties/documents/required",keyword:"required",params:{missingProperty: missing7},message:"must have required property '"+missing7+"'"}];
return false;
}
else {
const _errs64 = errors;
for(const key7 in data27){
if(!((key7 === "value") || (key7 === "method"))){
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2+"/documents",schemaPath:"#/properties/dropped/items/properties/documents/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs64 === errors){
if(data27.value !== undefined){
let data28 = data27.value;
const _errs65 = errors;
if(!(((typeof data28 == "number") && (!(data28 % 1) && !isNaN(data28))) && (isFinite(data28)))){
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2+"/documents/value",schemaPath:"#/properties/dropped/items/properties/documents/properties/value/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs65){
if((typeof data28 == "number") && (isFinite(data28))){
if(data28 > 9007199254740991 || isNaN(data28)){
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2+"/documents/value",schemaPath:"#/properties/dropped/items/properties/documents/properties/value/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data28 < 0 || isNaN(data28)){
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2+"/documents/value",schemaPath:"#/properties/dropped/items/properties/documents/properties/value/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid10 = _errs65 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data27.method !== undefined){
let data29 = data27.method;
const _errs67 = errors;
if(typeof data29 !== "string"){
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2+"/documents/method",schemaPath:"#/properties/dropped/items/properties/documents/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data29 === "measured") || (data29 === "reported")) || (data29 === "declared")) || (data29 === "inferred")) || (data29 === "sampled"))){
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2+"/documents/method",schemaPath:"#/properties/dropped/items/properties/documents/properties/method/enum",keyword:"enum",params:{allowedValues: schema51.properties.dropped.items.properties.documents.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid10 = _errs67 === errors;
}
else {
var valid10 = true;
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2+"/documents",schemaPath:"#/properties/dropped/items/properties/documents/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid9 = _errs62 === errors;
}
else {
var valid9 = true;
}
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/dropped/" + i2,schemaPath:"#/properties/dropped/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid8 = _errs57 === errors;
if(!valid8){
break;
}
}
}
}
else {
validate39.errors = [{instancePath:instancePath+"/dropped",schemaPath:"#/properties/dropped/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs55 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.config !== undefined){
let data30 = data.config;
const _errs69 = errors;
if(errors === _errs69){
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
if(Object.keys(data30).length > 500){
validate39.errors = [{instancePath:instancePath+"/config",schemaPath:"#/properties/config/maxProperties",keyword:"maxProperties",params:{limit: 500},message:"must NOT have more than 500 properties"}];
return false;
}
}
else {
validate39.errors = [{instancePath:instancePath+"/config",schemaPath:"#/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs69 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seconds !== undefined){
let data31 = data.seconds;
const _errs71 = errors;
if(errors === _errs71){
if((typeof data31 == "number") && (isFinite(data31))){
if(data31 < 0 || isNaN(data31)){
validate39.errors = [{instancePath:instancePath+"/seconds",schemaPath:"#/properties/seconds/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate39.errors = [{instancePath:instancePath+"/seconds",schemaPath:"#/properties/seconds/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid0 = _errs71 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.redacted !== undefined){
const _errs73 = errors;
if(typeof data.redacted !== "boolean"){
validate39.errors = [{instancePath:instancePath+"/redacted",schemaPath:"#/properties/redacted/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs73 === errors;
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
else {
validate39.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate39.errors = vErrors;
return errors === 0;
}
validate39.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const corpusTaxonomyVersioned = validate40;
const schema52 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:corpus.taxonomy.versioned:1.0","title":"corpus.taxonomy.versioned","x-stream":"taxonomy/{taxonomyId}","type":"object","properties":{"taxonomyId":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1},"slices":{"type":"array","items":{"type":"object","properties":{"slice":{"$ref":"#/$defs/slice"},"title":{"type":"string","maxLength":256,"minLength":1},"definition":{"type":"string","maxLength":4096,"minLength":1},"measuredBy":{"type":"string","maxLength":1024,"minLength":1}},"required":["slice","title","definition"],"additionalProperties":false},"minItems":1,"maxItems":1000},"rationale":{"type":"string","maxLength":8192,"minLength":1}},"required":["taxonomyId","version","slices"],"additionalProperties":false,"$defs":{"slice":{"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128}}};
const schema53 = {"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128};

function validate40(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:corpus.taxonomy.versioned:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate40.evaluated;
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
validate40.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "taxonomyId") || (key0 === "version")) || (key0 === "slices")) || (key0 === "rationale"))){
validate40.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate40.errors = [{instancePath:instancePath+"/taxonomyId",schemaPath:"#/properties/taxonomyId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate40.errors = [{instancePath:instancePath+"/taxonomyId",schemaPath:"#/properties/taxonomyId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate40.errors = [{instancePath:instancePath+"/taxonomyId",schemaPath:"#/properties/taxonomyId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate40.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate40.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate40.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate40.errors = [{instancePath:instancePath+"/slices",schemaPath:"#/properties/slices/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
if(data2.length < 1){
validate40.errors = [{instancePath:instancePath+"/slices",schemaPath:"#/properties/slices/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
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
validate40.errors = [{instancePath:instancePath+"/slices/" + i0,schemaPath:"#/properties/slices/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs10 = errors;
for(const key1 in data3){
if(!((((key1 === "slice") || (key1 === "title")) || (key1 === "definition")) || (key1 === "measuredBy"))){
validate40.errors = [{instancePath:instancePath+"/slices/" + i0,schemaPath:"#/properties/slices/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
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
validate40.errors = [{instancePath:instancePath+"/slices/" + i0+"/slice",schemaPath:"#/$defs/slice/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern15.test(data4)){
validate40.errors = [{instancePath:instancePath+"/slices/" + i0+"/slice",schemaPath:"#/$defs/slice/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"+"\""}];
return false;
}
}
}
else {
validate40.errors = [{instancePath:instancePath+"/slices/" + i0+"/slice",schemaPath:"#/$defs/slice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate40.errors = [{instancePath:instancePath+"/slices/" + i0+"/title",schemaPath:"#/properties/slices/items/properties/title/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data5.length < 1){
validate40.errors = [{instancePath:instancePath+"/slices/" + i0+"/title",schemaPath:"#/properties/slices/items/properties/title/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate40.errors = [{instancePath:instancePath+"/slices/" + i0+"/title",schemaPath:"#/properties/slices/items/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate40.errors = [{instancePath:instancePath+"/slices/" + i0+"/definition",schemaPath:"#/properties/slices/items/properties/definition/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data6.length < 1){
validate40.errors = [{instancePath:instancePath+"/slices/" + i0+"/definition",schemaPath:"#/properties/slices/items/properties/definition/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate40.errors = [{instancePath:instancePath+"/slices/" + i0+"/definition",schemaPath:"#/properties/slices/items/properties/definition/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate40.errors = [{instancePath:instancePath+"/slices/" + i0+"/measuredBy",schemaPath:"#/properties/slices/items/properties/measuredBy/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data7.length < 1){
validate40.errors = [{instancePath:instancePath+"/slices/" + i0+"/measuredBy",schemaPath:"#/properties/slices/items/properties/measuredBy/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate40.errors = [{instancePath:instancePath+"/slices/" + i0+"/measuredBy",schemaPath:"#/properties/slices/items/properties/measuredBy/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate40.errors = [{instancePath:instancePath+"/slices/" + i0,schemaPath:"#/properties/slices/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate40.errors = [{instancePath:instancePath+"/slices",schemaPath:"#/properties/slices/type",keyword:"type",params:{type: "array"},message:"must be array"}];
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
validate40.errors = [{instancePath:instancePath+"/rationale",schemaPath:"#/properties/rationale/maxLength",keyword:"maxLength",params:{limit: 8192},message:"must NOT have more than 8192 characters"}];
return false;
}
else {
if(data8.length < 1){
validate40.errors = [{instancePath:instancePath+"/rationale",schemaPath:"#/properties/rationale/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate40.errors = [{instancePath:instancePath+"/rationale",schemaPath:"#/properties/rationale/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate40.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate40.errors = vErrors;
return errors === 0;
}
validate40.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const evaluationItemsRecorded = validate41;
const schema54 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:evaluation.items.recorded:1.0","title":"evaluation.items.recorded","x-stream":"run/{runId}","x-telemetry":true,"type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"step":{"type":"integer","minimum":0,"maximum":9007199254740991},"capability":{"type":"string","maxLength":256,"minLength":1},"benchmark":{"type":"string","maxLength":256,"minLength":1},"metric":{"type":"string","maxLength":256,"minLength":1},"metricVersion":{"type":"string","maxLength":256,"minLength":1},"harness":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1}},"required":["name"],"additionalProperties":false},"itemIds":{"type":"array","items":{"type":"string","maxLength":256,"minLength":1},"minItems":1,"maxItems":20000,"uniqueItems":false},"values":{"type":"array","items":{"type":"number"},"minItems":1,"maxItems":20000},"filter":{"type":"string","maxLength":256,"minLength":1},"taskHash":{"type":"string","maxLength":128,"minLength":1},"documentHashes":{"type":"array","items":{"type":"string","maxLength":128,"minLength":1},"maxItems":10000},"promptHashes":{"type":"array","items":{"type":"string","maxLength":128,"minLength":1},"maxItems":10000},"targetHashes":{"type":"array","items":{"type":"string","maxLength":128,"minLength":1},"maxItems":10000},"checkpointId":{"type":"string","maxLength":512,"minLength":1},"shots":{"type":"integer","minimum":0,"maximum":1000000},"taskVersion":{"type":"string","maxLength":256,"minLength":1}},"required":["runId","capability","benchmark","metric","harness","itemIds","values"],"additionalProperties":false};

function validate41(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:evaluation.items.recorded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate41.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((data.runId === undefined) && (missing0 = "runId")) || ((data.capability === undefined) && (missing0 = "capability"))) || ((data.benchmark === undefined) && (missing0 = "benchmark"))) || ((data.metric === undefined) && (missing0 = "metric"))) || ((data.harness === undefined) && (missing0 = "harness"))) || ((data.itemIds === undefined) && (missing0 = "itemIds"))) || ((data.values === undefined) && (missing0 = "values"))){
validate41.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema54.properties, key0))){
validate41.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate41.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate41.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate41.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 9007199254740991 || isNaN(data1)){
validate41.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data1 < 0 || isNaN(data1)){
validate41.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate41.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate41.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate41.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate41.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate41.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate41.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate41.errors = [{instancePath:instancePath+"/metricVersion",schemaPath:"#/properties/metricVersion/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data5.length < 1){
validate41.errors = [{instancePath:instancePath+"/metricVersion",schemaPath:"#/properties/metricVersion/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/metricVersion",schemaPath:"#/properties/metricVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
if((data6.name === undefined) && (missing1 = "name")){
validate41.errors = [{instancePath:instancePath+"/harness",schemaPath:"#/properties/harness/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs16 = errors;
for(const key1 in data6){
if(!((key1 === "name") || (key1 === "version"))){
validate41.errors = [{instancePath:instancePath+"/harness",schemaPath:"#/properties/harness/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
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
validate41.errors = [{instancePath:instancePath+"/harness/name",schemaPath:"#/properties/harness/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data7.length < 1){
validate41.errors = [{instancePath:instancePath+"/harness/name",schemaPath:"#/properties/harness/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/harness/name",schemaPath:"#/properties/harness/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate41.errors = [{instancePath:instancePath+"/harness/version",schemaPath:"#/properties/harness/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data8.length < 1){
validate41.errors = [{instancePath:instancePath+"/harness/version",schemaPath:"#/properties/harness/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/harness/version",schemaPath:"#/properties/harness/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate41.errors = [{instancePath:instancePath+"/harness",schemaPath:"#/properties/harness/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate41.errors = [{instancePath:instancePath+"/itemIds",schemaPath:"#/properties/itemIds/maxItems",keyword:"maxItems",params:{limit: 20000},message:"must NOT have more than 20000 items"}];
return false;
}
else {
if(data9.length < 1){
validate41.errors = [{instancePath:instancePath+"/itemIds",schemaPath:"#/properties/itemIds/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
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
validate41.errors = [{instancePath:instancePath+"/itemIds/" + i0,schemaPath:"#/properties/itemIds/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data10.length < 1){
validate41.errors = [{instancePath:instancePath+"/itemIds/" + i0,schemaPath:"#/properties/itemIds/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/itemIds/" + i0,schemaPath:"#/properties/itemIds/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate41.errors = [{instancePath:instancePath+"/itemIds",schemaPath:"#/properties/itemIds/type",keyword:"type",params:{type: "array"},message:"must be array"}];
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
validate41.errors = [{instancePath:instancePath+"/values",schemaPath:"#/properties/values/maxItems",keyword:"maxItems",params:{limit: 20000},message:"must NOT have more than 20000 items"}];
return false;
}
else {
if(data11.length < 1){
validate41.errors = [{instancePath:instancePath+"/values",schemaPath:"#/properties/values/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid3 = true;
const len1 = data11.length;
for(let i1=0; i1<len1; i1++){
let data12 = data11[i1];
const _errs27 = errors;
if(!((typeof data12 == "number") && (isFinite(data12)))){
validate41.errors = [{instancePath:instancePath+"/values/" + i1,schemaPath:"#/properties/values/items/type",keyword:"type",params:{type: "number"},message:"must be number"}];
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
validate41.errors = [{instancePath:instancePath+"/values",schemaPath:"#/properties/values/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs25 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.filter !== undefined){
let data13 = data.filter;
const _errs29 = errors;
if(errors === _errs29){
if(typeof data13 === "string"){
if(data13.length > 256){
validate41.errors = [{instancePath:instancePath+"/filter",schemaPath:"#/properties/filter/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data13.length < 1){
validate41.errors = [{instancePath:instancePath+"/filter",schemaPath:"#/properties/filter/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/filter",schemaPath:"#/properties/filter/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs29 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.taskHash !== undefined){
let data14 = data.taskHash;
const _errs31 = errors;
if(errors === _errs31){
if(typeof data14 === "string"){
if(data14.length > 128){
validate41.errors = [{instancePath:instancePath+"/taskHash",schemaPath:"#/properties/taskHash/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(data14.length < 1){
validate41.errors = [{instancePath:instancePath+"/taskHash",schemaPath:"#/properties/taskHash/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/taskHash",schemaPath:"#/properties/taskHash/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs31 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.documentHashes !== undefined){
let data15 = data.documentHashes;
const _errs33 = errors;
if(errors === _errs33){
if(Array.isArray(data15)){
if(data15.length > 10000){
validate41.errors = [{instancePath:instancePath+"/documentHashes",schemaPath:"#/properties/documentHashes/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
var valid4 = true;
const len2 = data15.length;
for(let i2=0; i2<len2; i2++){
let data16 = data15[i2];
const _errs35 = errors;
if(errors === _errs35){
if(typeof data16 === "string"){
if(data16.length > 128){
validate41.errors = [{instancePath:instancePath+"/documentHashes/" + i2,schemaPath:"#/properties/documentHashes/items/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(data16.length < 1){
validate41.errors = [{instancePath:instancePath+"/documentHashes/" + i2,schemaPath:"#/properties/documentHashes/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/documentHashes/" + i2,schemaPath:"#/properties/documentHashes/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs35 === errors;
if(!valid4){
break;
}
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/documentHashes",schemaPath:"#/properties/documentHashes/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs33 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.promptHashes !== undefined){
let data17 = data.promptHashes;
const _errs37 = errors;
if(errors === _errs37){
if(Array.isArray(data17)){
if(data17.length > 10000){
validate41.errors = [{instancePath:instancePath+"/promptHashes",schemaPath:"#/properties/promptHashes/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
var valid5 = true;
const len3 = data17.length;
for(let i3=0; i3<len3; i3++){
let data18 = data17[i3];
const _errs39 = errors;
if(errors === _errs39){
if(typeof data18 === "string"){
if(data18.length > 128){
validate41.errors = [{instancePath:instancePath+"/promptHashes/" + i3,schemaPath:"#/properties/promptHashes/items/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(data18.length < 1){
validate41.errors = [{instancePath:instancePath+"/promptHashes/" + i3,schemaPath:"#/properties/promptHashes/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/promptHashes/" + i3,schemaPath:"#/properties/promptHashes/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs39 === errors;
if(!valid5){
break;
}
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/promptHashes",schemaPath:"#/properties/promptHashes/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs37 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.targetHashes !== undefined){
let data19 = data.targetHashes;
const _errs41 = errors;
if(errors === _errs41){
if(Array.isArray(data19)){
if(data19.length > 10000){
validate41.errors = [{instancePath:instancePath+"/targetHashes",schemaPath:"#/properties/targetHashes/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
var valid6 = true;
const len4 = data19.length;
for(let i4=0; i4<len4; i4++){
let data20 = data19[i4];
const _errs43 = errors;
if(errors === _errs43){
if(typeof data20 === "string"){
if(data20.length > 128){
validate41.errors = [{instancePath:instancePath+"/targetHashes/" + i4,schemaPath:"#/properties/targetHashes/items/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(data20.length < 1){
validate41.errors = [{instancePath:instancePath+"/targetHashes/" + i4,schemaPath:"#/properties/targetHashes/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/targetHashes/" + i4,schemaPath:"#/properties/targetHashes/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid6 = _errs43 === errors;
if(!valid6){
break;
}
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/targetHashes",schemaPath:"#/properties/targetHashes/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs41 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.checkpointId !== undefined){
let data21 = data.checkpointId;
const _errs45 = errors;
if(errors === _errs45){
if(typeof data21 === "string"){
if(data21.length > 512){
validate41.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data21.length < 1){
validate41.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs45 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.shots !== undefined){
let data22 = data.shots;
const _errs47 = errors;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
validate41.errors = [{instancePath:instancePath+"/shots",schemaPath:"#/properties/shots/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs47){
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 > 1000000 || isNaN(data22)){
validate41.errors = [{instancePath:instancePath+"/shots",schemaPath:"#/properties/shots/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data22 < 0 || isNaN(data22)){
validate41.errors = [{instancePath:instancePath+"/shots",schemaPath:"#/properties/shots/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs47 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.taskVersion !== undefined){
let data23 = data.taskVersion;
const _errs49 = errors;
if(errors === _errs49){
if(typeof data23 === "string"){
if(data23.length > 256){
validate41.errors = [{instancePath:instancePath+"/taskVersion",schemaPath:"#/properties/taskVersion/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data23.length < 1){
validate41.errors = [{instancePath:instancePath+"/taskVersion",schemaPath:"#/properties/taskVersion/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate41.errors = [{instancePath:instancePath+"/taskVersion",schemaPath:"#/properties/taskVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs49 === errors;
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
else {
validate41.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate41.errors = vErrors;
return errors === 0;
}
validate41.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const evaluationScoreInvalidated = validate42;
const schema55 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:evaluation.score.invalidated:1.0","title":"evaluation.score.invalidated","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"capability":{"type":"string","maxLength":256,"minLength":1},"benchmark":{"type":"string","maxLength":256,"minLength":1},"metric":{"type":"string","maxLength":256,"minLength":1},"step":{"type":"integer","minimum":0,"maximum":9007199254740991},"reason":{"type":"string","maxLength":4096,"minLength":1},"actor":{"type":"string","maxLength":256,"minLength":1}},"required":["runId","capability","benchmark","metric","reason","actor"],"additionalProperties":false};

function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:evaluation.score.invalidated:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate42.evaluated;
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
validate42.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((((key0 === "runId") || (key0 === "capability")) || (key0 === "benchmark")) || (key0 === "metric")) || (key0 === "step")) || (key0 === "reason")) || (key0 === "actor"))){
validate42.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate42.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate42.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate42.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate42.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate42.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate42.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate42.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate42.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate42.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate42.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate42.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate42.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate42.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs10){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 9007199254740991 || isNaN(data4)){
validate42.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data4 < 0 || isNaN(data4)){
validate42.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate42.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data5.length < 1){
validate42.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate42.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate42.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate42.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate42.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate42.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate42.errors = vErrors;
return errors === 0;
}
validate42.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const evaluationScoreRecorded = validate43;
const schema56 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:evaluation.score.recorded:1.0","title":"evaluation.score.recorded","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"checkpointId":{"type":"string","maxLength":512,"minLength":1},"step":{"type":"integer","minimum":0,"maximum":9007199254740991},"tokens":{"type":"integer","minimum":0,"maximum":9007199254740991},"capability":{"type":"string","maxLength":256,"minLength":1},"benchmark":{"type":"string","maxLength":256,"minLength":1},"split":{"type":"string","maxLength":256,"minLength":1},"metric":{"type":"string","maxLength":256,"minLength":1},"metricVersion":{"type":"string","maxLength":256,"minLength":1},"shots":{"type":"integer","minimum":0,"maximum":1000000},"promptDigest":{"type":"string","pattern":"^[0-9a-f]{64}$"},"harness":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1}},"required":["name"],"additionalProperties":false},"value":{"type":"number"},"stderr":{"type":"number","minimum":0},"items":{"type":"integer","minimum":1,"maximum":9007199254740991},"unit":{"type":"string","maxLength":256,"minLength":1},"higherIsBetter":{"type":"boolean"},"randomBaseline":{"type":"number"},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]},"filter":{"type":"string","maxLength":256,"minLength":1},"taskVersion":{"type":"string","maxLength":256,"minLength":1},"taskHash":{"type":"string","maxLength":128,"minLength":1},"limit":{"type":"number","minimum":0},"precision":{"type":"string","maxLength":64,"minLength":1},"evaluationId":{"type":"string","maxLength":256,"minLength":1},"modelRef":{"type":"string","maxLength":1024,"minLength":1},"evaluatedAt":{"type":"string","maxLength":64,"minLength":1}},"required":["runId","capability","benchmark","metric","harness","value","unit","higherIsBetter","method"],"additionalProperties":false};

function validate43(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:evaluation.score.recorded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate43.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((((data.runId === undefined) && (missing0 = "runId")) || ((data.capability === undefined) && (missing0 = "capability"))) || ((data.benchmark === undefined) && (missing0 = "benchmark"))) || ((data.metric === undefined) && (missing0 = "metric"))) || ((data.harness === undefined) && (missing0 = "harness"))) || ((data.value === undefined) && (missing0 = "value"))) || ((data.unit === undefined) && (missing0 = "unit"))) || ((data.higherIsBetter === undefined) && (missing0 = "higherIsBetter"))) || ((data.method === undefined) && (missing0 = "method"))){
validate43.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema56.properties, key0))){
validate43.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate43.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate43.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
if(data1.length > 512){
validate43.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data1.length < 1){
validate43.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate43.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs6){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 9007199254740991 || isNaN(data2)){
validate43.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data2 < 0 || isNaN(data2)){
validate43.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate43.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
validate43.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate43.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate43.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate43.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/capability",schemaPath:"#/properties/capability/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate43.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data5.length < 1){
validate43.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/benchmark",schemaPath:"#/properties/benchmark/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate43.errors = [{instancePath:instancePath+"/split",schemaPath:"#/properties/split/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate43.errors = [{instancePath:instancePath+"/split",schemaPath:"#/properties/split/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/split",schemaPath:"#/properties/split/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate43.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data7.length < 1){
validate43.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/metric",schemaPath:"#/properties/metric/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate43.errors = [{instancePath:instancePath+"/metricVersion",schemaPath:"#/properties/metricVersion/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data8.length < 1){
validate43.errors = [{instancePath:instancePath+"/metricVersion",schemaPath:"#/properties/metricVersion/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/metricVersion",schemaPath:"#/properties/metricVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate43.errors = [{instancePath:instancePath+"/shots",schemaPath:"#/properties/shots/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs20){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 1000000 || isNaN(data9)){
validate43.errors = [{instancePath:instancePath+"/shots",schemaPath:"#/properties/shots/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data9 < 0 || isNaN(data9)){
validate43.errors = [{instancePath:instancePath+"/shots",schemaPath:"#/properties/shots/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
if(!pattern8.test(data10)){
validate43.errors = [{instancePath:instancePath+"/promptDigest",schemaPath:"#/properties/promptDigest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate43.errors = [{instancePath:instancePath+"/promptDigest",schemaPath:"#/properties/promptDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
if((data11.name === undefined) && (missing1 = "name")){
validate43.errors = [{instancePath:instancePath+"/harness",schemaPath:"#/properties/harness/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs26 = errors;
for(const key1 in data11){
if(!((key1 === "name") || (key1 === "version"))){
validate43.errors = [{instancePath:instancePath+"/harness",schemaPath:"#/properties/harness/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
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
validate43.errors = [{instancePath:instancePath+"/harness/name",schemaPath:"#/properties/harness/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data12.length < 1){
validate43.errors = [{instancePath:instancePath+"/harness/name",schemaPath:"#/properties/harness/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/harness/name",schemaPath:"#/properties/harness/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate43.errors = [{instancePath:instancePath+"/harness/version",schemaPath:"#/properties/harness/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data13.length < 1){
validate43.errors = [{instancePath:instancePath+"/harness/version",schemaPath:"#/properties/harness/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/harness/version",schemaPath:"#/properties/harness/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate43.errors = [{instancePath:instancePath+"/harness",schemaPath:"#/properties/harness/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate43.errors = [{instancePath:instancePath+"/value",schemaPath:"#/properties/value/type",keyword:"type",params:{type: "number"},message:"must be number"}];
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
validate43.errors = [{instancePath:instancePath+"/stderr",schemaPath:"#/properties/stderr/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate43.errors = [{instancePath:instancePath+"/stderr",schemaPath:"#/properties/stderr/type",keyword:"type",params:{type: "number"},message:"must be number"}];
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
validate43.errors = [{instancePath:instancePath+"/items",schemaPath:"#/properties/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs35){
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 > 9007199254740991 || isNaN(data16)){
validate43.errors = [{instancePath:instancePath+"/items",schemaPath:"#/properties/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data16 < 1 || isNaN(data16)){
validate43.errors = [{instancePath:instancePath+"/items",schemaPath:"#/properties/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
validate43.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data17.length < 1){
validate43.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate43.errors = [{instancePath:instancePath+"/higherIsBetter",schemaPath:"#/properties/higherIsBetter/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
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
validate43.errors = [{instancePath:instancePath+"/randomBaseline",schemaPath:"#/properties/randomBaseline/type",keyword:"type",params:{type: "number"},message:"must be number"}];
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
validate43.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data20 === "measured") || (data20 === "reported")) || (data20 === "declared")) || (data20 === "inferred")) || (data20 === "sampled"))){
validate43.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/enum",keyword:"enum",params:{allowedValues: schema56.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs43 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.filter !== undefined){
let data21 = data.filter;
const _errs45 = errors;
if(errors === _errs45){
if(typeof data21 === "string"){
if(data21.length > 256){
validate43.errors = [{instancePath:instancePath+"/filter",schemaPath:"#/properties/filter/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data21.length < 1){
validate43.errors = [{instancePath:instancePath+"/filter",schemaPath:"#/properties/filter/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/filter",schemaPath:"#/properties/filter/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs45 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.taskVersion !== undefined){
let data22 = data.taskVersion;
const _errs47 = errors;
if(errors === _errs47){
if(typeof data22 === "string"){
if(data22.length > 256){
validate43.errors = [{instancePath:instancePath+"/taskVersion",schemaPath:"#/properties/taskVersion/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data22.length < 1){
validate43.errors = [{instancePath:instancePath+"/taskVersion",schemaPath:"#/properties/taskVersion/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/taskVersion",schemaPath:"#/properties/taskVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs47 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.taskHash !== undefined){
let data23 = data.taskHash;
const _errs49 = errors;
if(errors === _errs49){
if(typeof data23 === "string"){
if(data23.length > 128){
validate43.errors = [{instancePath:instancePath+"/taskHash",schemaPath:"#/properties/taskHash/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(data23.length < 1){
validate43.errors = [{instancePath:instancePath+"/taskHash",schemaPath:"#/properties/taskHash/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/taskHash",schemaPath:"#/properties/taskHash/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs49 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.limit !== undefined){
let data24 = data.limit;
const _errs51 = errors;
if(errors === _errs51){
if((typeof data24 == "number") && (isFinite(data24))){
if(data24 < 0 || isNaN(data24)){
validate43.errors = [{instancePath:instancePath+"/limit",schemaPath:"#/properties/limit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate43.errors = [{instancePath:instancePath+"/limit",schemaPath:"#/properties/limit/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid0 = _errs51 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.precision !== undefined){
let data25 = data.precision;
const _errs53 = errors;
if(errors === _errs53){
if(typeof data25 === "string"){
if(data25.length > 64){
validate43.errors = [{instancePath:instancePath+"/precision",schemaPath:"#/properties/precision/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(data25.length < 1){
validate43.errors = [{instancePath:instancePath+"/precision",schemaPath:"#/properties/precision/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/precision",schemaPath:"#/properties/precision/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs53 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.evaluationId !== undefined){
let data26 = data.evaluationId;
const _errs55 = errors;
if(errors === _errs55){
if(typeof data26 === "string"){
if(data26.length > 256){
validate43.errors = [{instancePath:instancePath+"/evaluationId",schemaPath:"#/properties/evaluationId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data26.length < 1){
validate43.errors = [{instancePath:instancePath+"/evaluationId",schemaPath:"#/properties/evaluationId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/evaluationId",schemaPath:"#/properties/evaluationId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs55 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.modelRef !== undefined){
let data27 = data.modelRef;
const _errs57 = errors;
if(errors === _errs57){
if(typeof data27 === "string"){
if(data27.length > 1024){
validate43.errors = [{instancePath:instancePath+"/modelRef",schemaPath:"#/properties/modelRef/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data27.length < 1){
validate43.errors = [{instancePath:instancePath+"/modelRef",schemaPath:"#/properties/modelRef/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/modelRef",schemaPath:"#/properties/modelRef/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs57 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.evaluatedAt !== undefined){
let data28 = data.evaluatedAt;
const _errs59 = errors;
if(errors === _errs59){
if(typeof data28 === "string"){
if(data28.length > 64){
validate43.errors = [{instancePath:instancePath+"/evaluatedAt",schemaPath:"#/properties/evaluatedAt/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(data28.length < 1){
validate43.errors = [{instancePath:instancePath+"/evaluatedAt",schemaPath:"#/properties/evaluatedAt/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate43.errors = [{instancePath:instancePath+"/evaluatedAt",schemaPath:"#/properties/evaluatedAt/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs59 === errors;
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
}
}
}
}
}
}
}
}
else {
validate43.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate43.errors = vErrors;
return errors === 0;
}
validate43.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const influenceScoresRecorded = validate44;
const schema57 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:influence.scores.recorded:1.0","title":"influence.scores.recorded","x-stream":"checkpoint/{checkpointId}","x-telemetry":true,"type":"object","properties":{"checkpointId":{"type":"string","maxLength":512,"minLength":1},"runId":{"type":"string","maxLength":256,"minLength":1},"estimator":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1},"damping":{"type":"number","minimum":0}},"required":["name"],"additionalProperties":false},"target":{"type":"object","properties":{"capability":{"type":"string","maxLength":256,"minLength":1},"benchmark":{"type":"string","maxLength":256,"minLength":1},"item":{"type":"string","maxLength":512,"minLength":1}},"required":[],"additionalProperties":false},"level":{"type":"string","enum":["instance","sequence","token","attribute"]},"refs":{"type":"array","items":{"type":"string","maxLength":512,"minLength":1},"maxItems":10000,"minItems":1},"scores":{"type":"array","items":{"type":["number","null"]},"maxItems":10000,"minItems":1},"validity":{"type":"object","properties":{"measure":{"type":"string","maxLength":256,"minLength":1},"value":{"type":"number"},"subsets":{"type":"integer","minimum":0,"maximum":9007199254740991}},"required":["measure","value"],"additionalProperties":false}},"required":["checkpointId","estimator","target","level","refs","scores"],"additionalProperties":false};

function validate44(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:influence.scores.recorded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate44.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((data.checkpointId === undefined) && (missing0 = "checkpointId")) || ((data.estimator === undefined) && (missing0 = "estimator"))) || ((data.target === undefined) && (missing0 = "target"))) || ((data.level === undefined) && (missing0 = "level"))) || ((data.refs === undefined) && (missing0 = "refs"))) || ((data.scores === undefined) && (missing0 = "scores"))){
validate44.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "checkpointId") || (key0 === "runId")) || (key0 === "estimator")) || (key0 === "target")) || (key0 === "level")) || (key0 === "refs")) || (key0 === "scores")) || (key0 === "validity"))){
validate44.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.checkpointId !== undefined){
let data0 = data.checkpointId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 512){
validate44.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data0.length < 1){
validate44.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.runId !== undefined){
let data1 = data.runId;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 256){
validate44.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate44.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.estimator !== undefined){
let data2 = data.estimator;
const _errs6 = errors;
if(errors === _errs6){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing1;
if((data2.name === undefined) && (missing1 = "name")){
validate44.errors = [{instancePath:instancePath+"/estimator",schemaPath:"#/properties/estimator/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs8 = errors;
for(const key1 in data2){
if(!(((key1 === "name") || (key1 === "version")) || (key1 === "damping"))){
validate44.errors = [{instancePath:instancePath+"/estimator",schemaPath:"#/properties/estimator/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs8 === errors){
if(data2.name !== undefined){
let data3 = data2.name;
const _errs9 = errors;
if(errors === _errs9){
if(typeof data3 === "string"){
if(data3.length > 256){
validate44.errors = [{instancePath:instancePath+"/estimator/name",schemaPath:"#/properties/estimator/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate44.errors = [{instancePath:instancePath+"/estimator/name",schemaPath:"#/properties/estimator/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/estimator/name",schemaPath:"#/properties/estimator/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data2.version !== undefined){
let data4 = data2.version;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data4 === "string"){
if(data4.length > 256){
validate44.errors = [{instancePath:instancePath+"/estimator/version",schemaPath:"#/properties/estimator/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate44.errors = [{instancePath:instancePath+"/estimator/version",schemaPath:"#/properties/estimator/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/estimator/version",schemaPath:"#/properties/estimator/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data2.damping !== undefined){
let data5 = data2.damping;
const _errs13 = errors;
if(errors === _errs13){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
validate44.errors = [{instancePath:instancePath+"/estimator/damping",schemaPath:"#/properties/estimator/properties/damping/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate44.errors = [{instancePath:instancePath+"/estimator/damping",schemaPath:"#/properties/estimator/properties/damping/type",keyword:"type",params:{type: "number"},message:"must be number"}];
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
}
else {
validate44.errors = [{instancePath:instancePath+"/estimator",schemaPath:"#/properties/estimator/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.target !== undefined){
let data6 = data.target;
const _errs15 = errors;
if(errors === _errs15){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
const _errs17 = errors;
for(const key2 in data6){
if(!(((key2 === "capability") || (key2 === "benchmark")) || (key2 === "item"))){
validate44.errors = [{instancePath:instancePath+"/target",schemaPath:"#/properties/target/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs17 === errors){
if(data6.capability !== undefined){
let data7 = data6.capability;
const _errs18 = errors;
if(errors === _errs18){
if(typeof data7 === "string"){
if(data7.length > 256){
validate44.errors = [{instancePath:instancePath+"/target/capability",schemaPath:"#/properties/target/properties/capability/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data7.length < 1){
validate44.errors = [{instancePath:instancePath+"/target/capability",schemaPath:"#/properties/target/properties/capability/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/target/capability",schemaPath:"#/properties/target/properties/capability/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data6.benchmark !== undefined){
let data8 = data6.benchmark;
const _errs20 = errors;
if(errors === _errs20){
if(typeof data8 === "string"){
if(data8.length > 256){
validate44.errors = [{instancePath:instancePath+"/target/benchmark",schemaPath:"#/properties/target/properties/benchmark/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data8.length < 1){
validate44.errors = [{instancePath:instancePath+"/target/benchmark",schemaPath:"#/properties/target/properties/benchmark/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/target/benchmark",schemaPath:"#/properties/target/properties/benchmark/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs20 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data6.item !== undefined){
let data9 = data6.item;
const _errs22 = errors;
if(errors === _errs22){
if(typeof data9 === "string"){
if(data9.length > 512){
validate44.errors = [{instancePath:instancePath+"/target/item",schemaPath:"#/properties/target/properties/item/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data9.length < 1){
validate44.errors = [{instancePath:instancePath+"/target/item",schemaPath:"#/properties/target/properties/item/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/target/item",schemaPath:"#/properties/target/properties/item/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs22 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/target",schemaPath:"#/properties/target/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.level !== undefined){
let data10 = data.level;
const _errs24 = errors;
if(typeof data10 !== "string"){
validate44.errors = [{instancePath:instancePath+"/level",schemaPath:"#/properties/level/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((((data10 === "instance") || (data10 === "sequence")) || (data10 === "token")) || (data10 === "attribute"))){
validate44.errors = [{instancePath:instancePath+"/level",schemaPath:"#/properties/level/enum",keyword:"enum",params:{allowedValues: schema57.properties.level.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.refs !== undefined){
let data11 = data.refs;
const _errs26 = errors;
if(errors === _errs26){
if(Array.isArray(data11)){
if(data11.length > 10000){
validate44.errors = [{instancePath:instancePath+"/refs",schemaPath:"#/properties/refs/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
if(data11.length < 1){
validate44.errors = [{instancePath:instancePath+"/refs",schemaPath:"#/properties/refs/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid3 = true;
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
let data12 = data11[i0];
const _errs28 = errors;
if(errors === _errs28){
if(typeof data12 === "string"){
if(data12.length > 512){
validate44.errors = [{instancePath:instancePath+"/refs/" + i0,schemaPath:"#/properties/refs/items/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data12.length < 1){
validate44.errors = [{instancePath:instancePath+"/refs/" + i0,schemaPath:"#/properties/refs/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/refs/" + i0,schemaPath:"#/properties/refs/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs28 === errors;
if(!valid3){
break;
}
}
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/refs",schemaPath:"#/properties/refs/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.scores !== undefined){
let data13 = data.scores;
const _errs30 = errors;
if(errors === _errs30){
if(Array.isArray(data13)){
if(data13.length > 10000){
validate44.errors = [{instancePath:instancePath+"/scores",schemaPath:"#/properties/scores/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
if(data13.length < 1){
validate44.errors = [{instancePath:instancePath+"/scores",schemaPath:"#/properties/scores/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid4 = true;
const len1 = data13.length;
for(let i1=0; i1<len1; i1++){
let data14 = data13[i1];
const _errs32 = errors;
if((!((typeof data14 == "number") && (isFinite(data14)))) && (data14 !== null)){
validate44.errors = [{instancePath:instancePath+"/scores/" + i1,schemaPath:"#/properties/scores/items/type",keyword:"type",params:{type: schema57.properties.scores.items.type},message:"must be number,null"}];
return false;
}
var valid4 = _errs32 === errors;
if(!valid4){
break;
}
}
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/scores",schemaPath:"#/properties/scores/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs30 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.validity !== undefined){
let data15 = data.validity;
const _errs34 = errors;
if(errors === _errs34){
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
let missing2;
if(((data15.measure === undefined) && (missing2 = "measure")) || ((data15.value === undefined) && (missing2 = "value"))){
validate44.errors = [{instancePath:instancePath+"/validity",schemaPath:"#/properties/validity/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs36 = errors;
for(const key3 in data15){
if(!(((key3 === "measure") || (key3 === "value")) || (key3 === "subsets"))){
validate44.errors = [{instancePath:instancePath+"/validity",schemaPath:"#/properties/validity/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs36 === errors){
if(data15.measure !== undefined){
let data16 = data15.measure;
const _errs37 = errors;
if(errors === _errs37){
if(typeof data16 === "string"){
if(data16.length > 256){
validate44.errors = [{instancePath:instancePath+"/validity/measure",schemaPath:"#/properties/validity/properties/measure/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data16.length < 1){
validate44.errors = [{instancePath:instancePath+"/validity/measure",schemaPath:"#/properties/validity/properties/measure/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/validity/measure",schemaPath:"#/properties/validity/properties/measure/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs37 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data15.value !== undefined){
let data17 = data15.value;
const _errs39 = errors;
if(!((typeof data17 == "number") && (isFinite(data17)))){
validate44.errors = [{instancePath:instancePath+"/validity/value",schemaPath:"#/properties/validity/properties/value/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid5 = _errs39 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data15.subsets !== undefined){
let data18 = data15.subsets;
const _errs41 = errors;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
validate44.errors = [{instancePath:instancePath+"/validity/subsets",schemaPath:"#/properties/validity/properties/subsets/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs41){
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 9007199254740991 || isNaN(data18)){
validate44.errors = [{instancePath:instancePath+"/validity/subsets",schemaPath:"#/properties/validity/properties/subsets/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data18 < 0 || isNaN(data18)){
validate44.errors = [{instancePath:instancePath+"/validity/subsets",schemaPath:"#/properties/validity/properties/subsets/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid5 = _errs41 === errors;
}
else {
var valid5 = true;
}
}
}
}
}
}
else {
validate44.errors = [{instancePath:instancePath+"/validity",schemaPath:"#/properties/validity/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs34 === errors;
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
validate44.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate44.errors = vErrors;
return errors === 0;
}
validate44.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const lineageImportCompleted = validate45;
const schema58 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:lineage.import.completed:1.0","title":"lineage.import.completed","x-stream":"import/{importId}","type":"object","properties":{"importId":{"type":"string","minLength":1,"maxLength":64},"began":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21},"stored":{"type":"array","maxItems":5000,"items":{"type":"object","properties":{"first":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21},"last":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21}},"required":["first","last"],"additionalProperties":false}},"repeated":{"type":"array","maxItems":5000,"items":{"type":"object","properties":{"first":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21},"last":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21}},"required":["first","last"],"additionalProperties":false}},"kinds":{"type":"array","maxItems":1000,"items":{"type":"object","properties":{"kind":{"type":"string","minLength":1,"maxLength":256},"sources":{"type":"integer","minimum":0,"maximum":9007199254740991},"files":{"type":"integer","minimum":0,"maximum":9007199254740991}},"required":["kind","sources","files"],"additionalProperties":false}},"byType":{"type":"array","maxItems":1000,"items":{"type":"object","properties":{"type":{"type":"string","minLength":1,"maxLength":256},"events":{"type":"integer","minimum":0,"maximum":9007199254740991}},"required":["type","events"],"additionalProperties":false}},"refused":{"type":"integer","minimum":0,"maximum":9007199254740991},"notLookedAt":{"type":"integer","minimum":0,"maximum":9007199254740991},"digest":{"type":"string","pattern":"^[0-9a-f]{64}$"}},"required":["importId","began","stored","repeated","kinds","byType","refused","notLookedAt","digest"],"additionalProperties":false};

function validate45(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:lineage.import.completed:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate45.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((((data.importId === undefined) && (missing0 = "importId")) || ((data.began === undefined) && (missing0 = "began"))) || ((data.stored === undefined) && (missing0 = "stored"))) || ((data.repeated === undefined) && (missing0 = "repeated"))) || ((data.kinds === undefined) && (missing0 = "kinds"))) || ((data.byType === undefined) && (missing0 = "byType"))) || ((data.refused === undefined) && (missing0 = "refused"))) || ((data.notLookedAt === undefined) && (missing0 = "notLookedAt"))) || ((data.digest === undefined) && (missing0 = "digest"))){
validate45.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema58.properties, key0))){
validate45.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.importId !== undefined){
let data0 = data.importId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 64){
validate45.errors = [{instancePath:instancePath+"/importId",schemaPath:"#/properties/importId/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(data0.length < 1){
validate45.errors = [{instancePath:instancePath+"/importId",schemaPath:"#/properties/importId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/importId",schemaPath:"#/properties/importId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.began !== undefined){
let data1 = data.began;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 21){
validate45.errors = [{instancePath:instancePath+"/began",schemaPath:"#/properties/began/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data1)){
validate45.errors = [{instancePath:instancePath+"/began",schemaPath:"#/properties/began/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/began",schemaPath:"#/properties/began/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.stored !== undefined){
let data2 = data.stored;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data2)){
if(data2.length > 5000){
validate45.errors = [{instancePath:instancePath+"/stored",schemaPath:"#/properties/stored/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items"}];
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
if(((data3.first === undefined) && (missing1 = "first")) || ((data3.last === undefined) && (missing1 = "last"))){
validate45.errors = [{instancePath:instancePath+"/stored/" + i0,schemaPath:"#/properties/stored/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs10 = errors;
for(const key1 in data3){
if(!((key1 === "first") || (key1 === "last"))){
validate45.errors = [{instancePath:instancePath+"/stored/" + i0,schemaPath:"#/properties/stored/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs10 === errors){
if(data3.first !== undefined){
let data4 = data3.first;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data4 === "string"){
if(data4.length > 21){
validate45.errors = [{instancePath:instancePath+"/stored/" + i0+"/first",schemaPath:"#/properties/stored/items/properties/first/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data4)){
validate45.errors = [{instancePath:instancePath+"/stored/" + i0+"/first",schemaPath:"#/properties/stored/items/properties/first/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/stored/" + i0+"/first",schemaPath:"#/properties/stored/items/properties/first/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.last !== undefined){
let data5 = data3.last;
const _errs13 = errors;
if(errors === _errs13){
if(typeof data5 === "string"){
if(data5.length > 21){
validate45.errors = [{instancePath:instancePath+"/stored/" + i0+"/last",schemaPath:"#/properties/stored/items/properties/last/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data5)){
validate45.errors = [{instancePath:instancePath+"/stored/" + i0+"/last",schemaPath:"#/properties/stored/items/properties/last/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/stored/" + i0+"/last",schemaPath:"#/properties/stored/items/properties/last/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/stored/" + i0,schemaPath:"#/properties/stored/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
else {
validate45.errors = [{instancePath:instancePath+"/stored",schemaPath:"#/properties/stored/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.repeated !== undefined){
let data6 = data.repeated;
const _errs15 = errors;
if(errors === _errs15){
if(Array.isArray(data6)){
if(data6.length > 5000){
validate45.errors = [{instancePath:instancePath+"/repeated",schemaPath:"#/properties/repeated/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items"}];
return false;
}
else {
var valid3 = true;
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
let data7 = data6[i1];
const _errs17 = errors;
if(errors === _errs17){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
let missing2;
if(((data7.first === undefined) && (missing2 = "first")) || ((data7.last === undefined) && (missing2 = "last"))){
validate45.errors = [{instancePath:instancePath+"/repeated/" + i1,schemaPath:"#/properties/repeated/items/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs19 = errors;
for(const key2 in data7){
if(!((key2 === "first") || (key2 === "last"))){
validate45.errors = [{instancePath:instancePath+"/repeated/" + i1,schemaPath:"#/properties/repeated/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs19 === errors){
if(data7.first !== undefined){
let data8 = data7.first;
const _errs20 = errors;
if(errors === _errs20){
if(typeof data8 === "string"){
if(data8.length > 21){
validate45.errors = [{instancePath:instancePath+"/repeated/" + i1+"/first",schemaPath:"#/properties/repeated/items/properties/first/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data8)){
validate45.errors = [{instancePath:instancePath+"/repeated/" + i1+"/first",schemaPath:"#/properties/repeated/items/properties/first/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/repeated/" + i1+"/first",schemaPath:"#/properties/repeated/items/properties/first/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs20 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data7.last !== undefined){
let data9 = data7.last;
const _errs22 = errors;
if(errors === _errs22){
if(typeof data9 === "string"){
if(data9.length > 21){
validate45.errors = [{instancePath:instancePath+"/repeated/" + i1+"/last",schemaPath:"#/properties/repeated/items/properties/last/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data9)){
validate45.errors = [{instancePath:instancePath+"/repeated/" + i1+"/last",schemaPath:"#/properties/repeated/items/properties/last/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/repeated/" + i1+"/last",schemaPath:"#/properties/repeated/items/properties/last/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs22 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/repeated/" + i1,schemaPath:"#/properties/repeated/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs17 === errors;
if(!valid3){
break;
}
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/repeated",schemaPath:"#/properties/repeated/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.kinds !== undefined){
let data10 = data.kinds;
const _errs24 = errors;
if(errors === _errs24){
if(Array.isArray(data10)){
if(data10.length > 1000){
validate45.errors = [{instancePath:instancePath+"/kinds",schemaPath:"#/properties/kinds/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
var valid5 = true;
const len2 = data10.length;
for(let i2=0; i2<len2; i2++){
let data11 = data10[i2];
const _errs26 = errors;
if(errors === _errs26){
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
let missing3;
if((((data11.kind === undefined) && (missing3 = "kind")) || ((data11.sources === undefined) && (missing3 = "sources"))) || ((data11.files === undefined) && (missing3 = "files"))){
validate45.errors = [{instancePath:instancePath+"/kinds/" + i2,schemaPath:"#/properties/kinds/items/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
const _errs28 = errors;
for(const key3 in data11){
if(!(((key3 === "kind") || (key3 === "sources")) || (key3 === "files"))){
validate45.errors = [{instancePath:instancePath+"/kinds/" + i2,schemaPath:"#/properties/kinds/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs28 === errors){
if(data11.kind !== undefined){
let data12 = data11.kind;
const _errs29 = errors;
if(errors === _errs29){
if(typeof data12 === "string"){
if(data12.length > 256){
validate45.errors = [{instancePath:instancePath+"/kinds/" + i2+"/kind",schemaPath:"#/properties/kinds/items/properties/kind/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data12.length < 1){
validate45.errors = [{instancePath:instancePath+"/kinds/" + i2+"/kind",schemaPath:"#/properties/kinds/items/properties/kind/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/kinds/" + i2+"/kind",schemaPath:"#/properties/kinds/items/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid6 = _errs29 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data11.sources !== undefined){
let data13 = data11.sources;
const _errs31 = errors;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
validate45.errors = [{instancePath:instancePath+"/kinds/" + i2+"/sources",schemaPath:"#/properties/kinds/items/properties/sources/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs31){
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 9007199254740991 || isNaN(data13)){
validate45.errors = [{instancePath:instancePath+"/kinds/" + i2+"/sources",schemaPath:"#/properties/kinds/items/properties/sources/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data13 < 0 || isNaN(data13)){
validate45.errors = [{instancePath:instancePath+"/kinds/" + i2+"/sources",schemaPath:"#/properties/kinds/items/properties/sources/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid6 = _errs31 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data11.files !== undefined){
let data14 = data11.files;
const _errs33 = errors;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
validate45.errors = [{instancePath:instancePath+"/kinds/" + i2+"/files",schemaPath:"#/properties/kinds/items/properties/files/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs33){
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 > 9007199254740991 || isNaN(data14)){
validate45.errors = [{instancePath:instancePath+"/kinds/" + i2+"/files",schemaPath:"#/properties/kinds/items/properties/files/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data14 < 0 || isNaN(data14)){
validate45.errors = [{instancePath:instancePath+"/kinds/" + i2+"/files",schemaPath:"#/properties/kinds/items/properties/files/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid6 = _errs33 === errors;
}
else {
var valid6 = true;
}
}
}
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/kinds/" + i2,schemaPath:"#/properties/kinds/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid5 = _errs26 === errors;
if(!valid5){
break;
}
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/kinds",schemaPath:"#/properties/kinds/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.byType !== undefined){
let data15 = data.byType;
const _errs35 = errors;
if(errors === _errs35){
if(Array.isArray(data15)){
if(data15.length > 1000){
validate45.errors = [{instancePath:instancePath+"/byType",schemaPath:"#/properties/byType/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
var valid7 = true;
const len3 = data15.length;
for(let i3=0; i3<len3; i3++){
let data16 = data15[i3];
const _errs37 = errors;
if(errors === _errs37){
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
let missing4;
if(((data16.type === undefined) && (missing4 = "type")) || ((data16.events === undefined) && (missing4 = "events"))){
validate45.errors = [{instancePath:instancePath+"/byType/" + i3,schemaPath:"#/properties/byType/items/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
const _errs39 = errors;
for(const key4 in data16){
if(!((key4 === "type") || (key4 === "events"))){
validate45.errors = [{instancePath:instancePath+"/byType/" + i3,schemaPath:"#/properties/byType/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs39 === errors){
if(data16.type !== undefined){
let data17 = data16.type;
const _errs40 = errors;
if(errors === _errs40){
if(typeof data17 === "string"){
if(data17.length > 256){
validate45.errors = [{instancePath:instancePath+"/byType/" + i3+"/type",schemaPath:"#/properties/byType/items/properties/type/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data17.length < 1){
validate45.errors = [{instancePath:instancePath+"/byType/" + i3+"/type",schemaPath:"#/properties/byType/items/properties/type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/byType/" + i3+"/type",schemaPath:"#/properties/byType/items/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid8 = _errs40 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data16.events !== undefined){
let data18 = data16.events;
const _errs42 = errors;
if(!(((typeof data18 == "number") && (!(data18 % 1) && !isNaN(data18))) && (isFinite(data18)))){
validate45.errors = [{instancePath:instancePath+"/byType/" + i3+"/events",schemaPath:"#/properties/byType/items/properties/events/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs42){
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 9007199254740991 || isNaN(data18)){
validate45.errors = [{instancePath:instancePath+"/byType/" + i3+"/events",schemaPath:"#/properties/byType/items/properties/events/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data18 < 0 || isNaN(data18)){
validate45.errors = [{instancePath:instancePath+"/byType/" + i3+"/events",schemaPath:"#/properties/byType/items/properties/events/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid8 = _errs42 === errors;
}
else {
var valid8 = true;
}
}
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/byType/" + i3,schemaPath:"#/properties/byType/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid7 = _errs37 === errors;
if(!valid7){
break;
}
}
}
}
else {
validate45.errors = [{instancePath:instancePath+"/byType",schemaPath:"#/properties/byType/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs35 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.refused !== undefined){
let data19 = data.refused;
const _errs44 = errors;
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
validate45.errors = [{instancePath:instancePath+"/refused",schemaPath:"#/properties/refused/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs44){
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 9007199254740991 || isNaN(data19)){
validate45.errors = [{instancePath:instancePath+"/refused",schemaPath:"#/properties/refused/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data19 < 0 || isNaN(data19)){
validate45.errors = [{instancePath:instancePath+"/refused",schemaPath:"#/properties/refused/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs44 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.notLookedAt !== undefined){
let data20 = data.notLookedAt;
const _errs46 = errors;
if(!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))){
validate45.errors = [{instancePath:instancePath+"/notLookedAt",schemaPath:"#/properties/notLookedAt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs46){
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 > 9007199254740991 || isNaN(data20)){
validate45.errors = [{instancePath:instancePath+"/notLookedAt",schemaPath:"#/properties/notLookedAt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data20 < 0 || isNaN(data20)){
validate45.errors = [{instancePath:instancePath+"/notLookedAt",schemaPath:"#/properties/notLookedAt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs46 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.digest !== undefined){
let data21 = data.digest;
const _errs48 = errors;
if(errors === _errs48){
if(typeof data21 === "string"){
if(!pattern8.test(data21)){
validate45.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate45.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs48 === errors;
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
validate45.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate45.errors = vErrors;
return errors === 0;
}
validate45.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const lineageImportProgressed = validate46;
const schema59 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:lineage.import.progressed:1.0","title":"lineage.import.progressed","x-stream":"import/{importId}","type":"object","properties":{"importId":{"type":"string","minLength":1,"maxLength":64},"began":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21},"part":{"type":"integer","minimum":1,"maximum":9007199254740991},"stored":{"type":"array","maxItems":5000,"items":{"type":"object","properties":{"first":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21},"last":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21}},"required":["first","last"],"additionalProperties":false}},"repeated":{"type":"array","maxItems":5000,"items":{"type":"object","properties":{"first":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21},"last":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21}},"required":["first","last"],"additionalProperties":false}},"announced":{"type":"array","maxItems":5000,"items":{"type":"object","properties":{"source":{"type":"string","minLength":1,"maxLength":1024},"ids":{"type":"array","minItems":1,"maxItems":5000,"items":{"type":"string","minLength":1,"maxLength":256}}},"required":["source","ids"],"additionalProperties":false}}},"required":["importId","began","part","stored","repeated","announced"],"additionalProperties":false};

function validate46(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:lineage.import.progressed:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate46.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((data.importId === undefined) && (missing0 = "importId")) || ((data.began === undefined) && (missing0 = "began"))) || ((data.part === undefined) && (missing0 = "part"))) || ((data.stored === undefined) && (missing0 = "stored"))) || ((data.repeated === undefined) && (missing0 = "repeated"))) || ((data.announced === undefined) && (missing0 = "announced"))){
validate46.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "importId") || (key0 === "began")) || (key0 === "part")) || (key0 === "stored")) || (key0 === "repeated")) || (key0 === "announced"))){
validate46.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.importId !== undefined){
let data0 = data.importId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 64){
validate46.errors = [{instancePath:instancePath+"/importId",schemaPath:"#/properties/importId/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(data0.length < 1){
validate46.errors = [{instancePath:instancePath+"/importId",schemaPath:"#/properties/importId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/importId",schemaPath:"#/properties/importId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.began !== undefined){
let data1 = data.began;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 21){
validate46.errors = [{instancePath:instancePath+"/began",schemaPath:"#/properties/began/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data1)){
validate46.errors = [{instancePath:instancePath+"/began",schemaPath:"#/properties/began/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/began",schemaPath:"#/properties/began/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.part !== undefined){
let data2 = data.part;
const _errs6 = errors;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
validate46.errors = [{instancePath:instancePath+"/part",schemaPath:"#/properties/part/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs6){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 9007199254740991 || isNaN(data2)){
validate46.errors = [{instancePath:instancePath+"/part",schemaPath:"#/properties/part/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data2 < 1 || isNaN(data2)){
validate46.errors = [{instancePath:instancePath+"/part",schemaPath:"#/properties/part/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
if(data.stored !== undefined){
let data3 = data.stored;
const _errs8 = errors;
if(errors === _errs8){
if(Array.isArray(data3)){
if(data3.length > 5000){
validate46.errors = [{instancePath:instancePath+"/stored",schemaPath:"#/properties/stored/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
const _errs10 = errors;
if(errors === _errs10){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing1;
if(((data4.first === undefined) && (missing1 = "first")) || ((data4.last === undefined) && (missing1 = "last"))){
validate46.errors = [{instancePath:instancePath+"/stored/" + i0,schemaPath:"#/properties/stored/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs12 = errors;
for(const key1 in data4){
if(!((key1 === "first") || (key1 === "last"))){
validate46.errors = [{instancePath:instancePath+"/stored/" + i0,schemaPath:"#/properties/stored/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs12 === errors){
if(data4.first !== undefined){
let data5 = data4.first;
const _errs13 = errors;
if(errors === _errs13){
if(typeof data5 === "string"){
if(data5.length > 21){
validate46.errors = [{instancePath:instancePath+"/stored/" + i0+"/first",schemaPath:"#/properties/stored/items/properties/first/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data5)){
validate46.errors = [{instancePath:instancePath+"/stored/" + i0+"/first",schemaPath:"#/properties/stored/items/properties/first/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/stored/" + i0+"/first",schemaPath:"#/properties/stored/items/properties/first/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data4.last !== undefined){
let data6 = data4.last;
const _errs15 = errors;
if(errors === _errs15){
if(typeof data6 === "string"){
if(data6.length > 21){
validate46.errors = [{instancePath:instancePath+"/stored/" + i0+"/last",schemaPath:"#/properties/stored/items/properties/last/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data6)){
validate46.errors = [{instancePath:instancePath+"/stored/" + i0+"/last",schemaPath:"#/properties/stored/items/properties/last/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/stored/" + i0+"/last",schemaPath:"#/properties/stored/items/properties/last/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs15 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/stored/" + i0,schemaPath:"#/properties/stored/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs10 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/stored",schemaPath:"#/properties/stored/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.repeated !== undefined){
let data7 = data.repeated;
const _errs17 = errors;
if(errors === _errs17){
if(Array.isArray(data7)){
if(data7.length > 5000){
validate46.errors = [{instancePath:instancePath+"/repeated",schemaPath:"#/properties/repeated/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items"}];
return false;
}
else {
var valid3 = true;
const len1 = data7.length;
for(let i1=0; i1<len1; i1++){
let data8 = data7[i1];
const _errs19 = errors;
if(errors === _errs19){
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
let missing2;
if(((data8.first === undefined) && (missing2 = "first")) || ((data8.last === undefined) && (missing2 = "last"))){
validate46.errors = [{instancePath:instancePath+"/repeated/" + i1,schemaPath:"#/properties/repeated/items/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs21 = errors;
for(const key2 in data8){
if(!((key2 === "first") || (key2 === "last"))){
validate46.errors = [{instancePath:instancePath+"/repeated/" + i1,schemaPath:"#/properties/repeated/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs21 === errors){
if(data8.first !== undefined){
let data9 = data8.first;
const _errs22 = errors;
if(errors === _errs22){
if(typeof data9 === "string"){
if(data9.length > 21){
validate46.errors = [{instancePath:instancePath+"/repeated/" + i1+"/first",schemaPath:"#/properties/repeated/items/properties/first/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data9)){
validate46.errors = [{instancePath:instancePath+"/repeated/" + i1+"/first",schemaPath:"#/properties/repeated/items/properties/first/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/repeated/" + i1+"/first",schemaPath:"#/properties/repeated/items/properties/first/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs22 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data8.last !== undefined){
let data10 = data8.last;
const _errs24 = errors;
if(errors === _errs24){
if(typeof data10 === "string"){
if(data10.length > 21){
validate46.errors = [{instancePath:instancePath+"/repeated/" + i1+"/last",schemaPath:"#/properties/repeated/items/properties/last/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data10)){
validate46.errors = [{instancePath:instancePath+"/repeated/" + i1+"/last",schemaPath:"#/properties/repeated/items/properties/last/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/repeated/" + i1+"/last",schemaPath:"#/properties/repeated/items/properties/last/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs24 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/repeated/" + i1,schemaPath:"#/properties/repeated/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs19 === errors;
if(!valid3){
break;
}
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/repeated",schemaPath:"#/properties/repeated/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.announced !== undefined){
let data11 = data.announced;
const _errs26 = errors;
if(errors === _errs26){
if(Array.isArray(data11)){
if(data11.length > 5000){
validate46.errors = [{instancePath:instancePath+"/announced",schemaPath:"#/properties/announced/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items"}];
return false;
}
else {
var valid5 = true;
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
let data12 = data11[i2];
const _errs28 = errors;
if(errors === _errs28){
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
let missing3;
if(((data12.source === undefined) && (missing3 = "source")) || ((data12.ids === undefined) && (missing3 = "ids"))){
validate46.errors = [{instancePath:instancePath+"/announced/" + i2,schemaPath:"#/properties/announced/items/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
const _errs30 = errors;
for(const key3 in data12){
if(!((key3 === "source") || (key3 === "ids"))){
validate46.errors = [{instancePath:instancePath+"/announced/" + i2,schemaPath:"#/properties/announced/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs30 === errors){
if(data12.source !== undefined){
let data13 = data12.source;
const _errs31 = errors;
if(errors === _errs31){
if(typeof data13 === "string"){
if(data13.length > 1024){
validate46.errors = [{instancePath:instancePath+"/announced/" + i2+"/source",schemaPath:"#/properties/announced/items/properties/source/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data13.length < 1){
validate46.errors = [{instancePath:instancePath+"/announced/" + i2+"/source",schemaPath:"#/properties/announced/items/properties/source/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/announced/" + i2+"/source",schemaPath:"#/properties/announced/items/properties/source/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid6 = _errs31 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data12.ids !== undefined){
let data14 = data12.ids;
const _errs33 = errors;
if(errors === _errs33){
if(Array.isArray(data14)){
if(data14.length > 5000){
validate46.errors = [{instancePath:instancePath+"/announced/" + i2+"/ids",schemaPath:"#/properties/announced/items/properties/ids/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items"}];
return false;
}
else {
if(data14.length < 1){
validate46.errors = [{instancePath:instancePath+"/announced/" + i2+"/ids",schemaPath:"#/properties/announced/items/properties/ids/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid7 = true;
const len3 = data14.length;
for(let i3=0; i3<len3; i3++){
let data15 = data14[i3];
const _errs35 = errors;
if(errors === _errs35){
if(typeof data15 === "string"){
if(data15.length > 256){
validate46.errors = [{instancePath:instancePath+"/announced/" + i2+"/ids/" + i3,schemaPath:"#/properties/announced/items/properties/ids/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data15.length < 1){
validate46.errors = [{instancePath:instancePath+"/announced/" + i2+"/ids/" + i3,schemaPath:"#/properties/announced/items/properties/ids/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/announced/" + i2+"/ids/" + i3,schemaPath:"#/properties/announced/items/properties/ids/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs35 === errors;
if(!valid7){
break;
}
}
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/announced/" + i2+"/ids",schemaPath:"#/properties/announced/items/properties/ids/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid6 = _errs33 === errors;
}
else {
var valid6 = true;
}
}
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/announced/" + i2,schemaPath:"#/properties/announced/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid5 = _errs28 === errors;
if(!valid5){
break;
}
}
}
}
else {
validate46.errors = [{instancePath:instancePath+"/announced",schemaPath:"#/properties/announced/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs26 === errors;
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
validate46.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate46.errors = vErrors;
return errors === 0;
}
validate46.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const lineageImportStarted = validate47;
const schema60 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:lineage.import.started:1.0","title":"lineage.import.started","x-stream":"import/{importId}","type":"object","properties":{"importId":{"type":"string","minLength":1,"maxLength":64},"paths":{"type":"array","minItems":1,"maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":4096}},"program":{"type":"string","minLength":1,"maxLength":256},"actor":{"type":"string","minLength":1,"maxLength":256}},"required":["importId","paths","program"],"additionalProperties":false};

function validate47(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:lineage.import.started:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate47.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.importId === undefined) && (missing0 = "importId")) || ((data.paths === undefined) && (missing0 = "paths"))) || ((data.program === undefined) && (missing0 = "program"))){
validate47.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "importId") || (key0 === "paths")) || (key0 === "program")) || (key0 === "actor"))){
validate47.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.importId !== undefined){
let data0 = data.importId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 64){
validate47.errors = [{instancePath:instancePath+"/importId",schemaPath:"#/properties/importId/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(data0.length < 1){
validate47.errors = [{instancePath:instancePath+"/importId",schemaPath:"#/properties/importId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate47.errors = [{instancePath:instancePath+"/importId",schemaPath:"#/properties/importId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.paths !== undefined){
let data1 = data.paths;
const _errs4 = errors;
if(errors === _errs4){
if(Array.isArray(data1)){
if(data1.length > 1000){
validate47.errors = [{instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
if(data1.length < 1){
validate47.errors = [{instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 4096){
validate47.errors = [{instancePath:instancePath+"/paths/" + i0,schemaPath:"#/properties/paths/items/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data2.length < 1){
validate47.errors = [{instancePath:instancePath+"/paths/" + i0,schemaPath:"#/properties/paths/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate47.errors = [{instancePath:instancePath+"/paths/" + i0,schemaPath:"#/properties/paths/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs6 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate47.errors = [{instancePath:instancePath+"/paths",schemaPath:"#/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.program !== undefined){
let data3 = data.program;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 256){
validate47.errors = [{instancePath:instancePath+"/program",schemaPath:"#/properties/program/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate47.errors = [{instancePath:instancePath+"/program",schemaPath:"#/properties/program/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate47.errors = [{instancePath:instancePath+"/program",schemaPath:"#/properties/program/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actor !== undefined){
let data4 = data.actor;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 256){
validate47.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate47.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate47.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
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
validate47.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate47.errors = vErrors;
return errors === 0;
}
validate47.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const lineageImportWithdrawn = validate48;
const schema61 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:lineage.import.withdrawn:1.0","title":"lineage.import.withdrawn","x-stream":"import/{importId}","type":"object","properties":{"importId":{"type":"string","minLength":1,"maxLength":64},"began":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21},"stored":{"type":"array","maxItems":5000,"items":{"type":"object","properties":{"first":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21},"last":{"type":"string","pattern":"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$","maxLength":21}},"required":["first","last"],"additionalProperties":false}},"reason":{"type":"string","minLength":1,"maxLength":4096},"actor":{"type":"string","minLength":1,"maxLength":256}},"required":["importId","began","stored","reason","actor"],"additionalProperties":false};

function validate48(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:lineage.import.withdrawn:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate48.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.importId === undefined) && (missing0 = "importId")) || ((data.began === undefined) && (missing0 = "began"))) || ((data.stored === undefined) && (missing0 = "stored"))) || ((data.reason === undefined) && (missing0 = "reason"))) || ((data.actor === undefined) && (missing0 = "actor"))){
validate48.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "importId") || (key0 === "began")) || (key0 === "stored")) || (key0 === "reason")) || (key0 === "actor"))){
validate48.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.importId !== undefined){
let data0 = data.importId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 64){
validate48.errors = [{instancePath:instancePath+"/importId",schemaPath:"#/properties/importId/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(data0.length < 1){
validate48.errors = [{instancePath:instancePath+"/importId",schemaPath:"#/properties/importId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate48.errors = [{instancePath:instancePath+"/importId",schemaPath:"#/properties/importId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.began !== undefined){
let data1 = data.began;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 21){
validate48.errors = [{instancePath:instancePath+"/began",schemaPath:"#/properties/began/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data1)){
validate48.errors = [{instancePath:instancePath+"/began",schemaPath:"#/properties/began/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate48.errors = [{instancePath:instancePath+"/began",schemaPath:"#/properties/began/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.stored !== undefined){
let data2 = data.stored;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data2)){
if(data2.length > 5000){
validate48.errors = [{instancePath:instancePath+"/stored",schemaPath:"#/properties/stored/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items"}];
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
if(((data3.first === undefined) && (missing1 = "first")) || ((data3.last === undefined) && (missing1 = "last"))){
validate48.errors = [{instancePath:instancePath+"/stored/" + i0,schemaPath:"#/properties/stored/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs10 = errors;
for(const key1 in data3){
if(!((key1 === "first") || (key1 === "last"))){
validate48.errors = [{instancePath:instancePath+"/stored/" + i0,schemaPath:"#/properties/stored/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs10 === errors){
if(data3.first !== undefined){
let data4 = data3.first;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data4 === "string"){
if(data4.length > 21){
validate48.errors = [{instancePath:instancePath+"/stored/" + i0+"/first",schemaPath:"#/properties/stored/items/properties/first/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data4)){
validate48.errors = [{instancePath:instancePath+"/stored/" + i0+"/first",schemaPath:"#/properties/stored/items/properties/first/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate48.errors = [{instancePath:instancePath+"/stored/" + i0+"/first",schemaPath:"#/properties/stored/items/properties/first/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs11 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data3.last !== undefined){
let data5 = data3.last;
const _errs13 = errors;
if(errors === _errs13){
if(typeof data5 === "string"){
if(data5.length > 21){
validate48.errors = [{instancePath:instancePath+"/stored/" + i0+"/last",schemaPath:"#/properties/stored/items/properties/last/maxLength",keyword:"maxLength",params:{limit: 21},message:"must NOT have more than 21 characters"}];
return false;
}
else {
if(!pattern10.test(data5)){
validate48.errors = [{instancePath:instancePath+"/stored/" + i0+"/last",schemaPath:"#/properties/stored/items/properties/last/pattern",keyword:"pattern",params:{pattern: "^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"},message:"must match pattern \""+"^(?:(0|[1-9][0-9]{0,3}):)?[1-9][0-9]{0,15}$"+"\""}];
return false;
}
}
}
else {
validate48.errors = [{instancePath:instancePath+"/stored/" + i0+"/last",schemaPath:"#/properties/stored/items/properties/last/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs13 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate48.errors = [{instancePath:instancePath+"/stored/" + i0,schemaPath:"#/properties/stored/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
else {
validate48.errors = [{instancePath:instancePath+"/stored",schemaPath:"#/properties/stored/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
let data6 = data.reason;
const _errs15 = errors;
if(errors === _errs15){
if(typeof data6 === "string"){
if(data6.length > 4096){
validate48.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data6.length < 1){
validate48.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate48.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.actor !== undefined){
let data7 = data.actor;
const _errs17 = errors;
if(errors === _errs17){
if(typeof data7 === "string"){
if(data7.length > 256){
validate48.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data7.length < 1){
validate48.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate48.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs17 === errors;
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
validate48.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate48.errors = vErrors;
return errors === 0;
}
validate48.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const lineageRunObserved = validate49;
const schema62 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:lineage.run.observed:1.0","title":"lineage.run.observed","x-stream":"lineage/{subject}","type":"object","properties":{"subject":{"type":"string","maxLength":2048,"minLength":1},"kind":{"type":"string","enum":["run","job","dataset"]},"eventType":{"type":"string","enum":["START","RUNNING","COMPLETE","ABORT","FAIL","OTHER"]},"eventTime":{"type":"string","maxLength":64,"minLength":1},"event":{"type":"object","maxProperties":10000}},"required":["subject","kind","eventTime","event"],"additionalProperties":false};

function validate49(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:lineage.run.observed:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate49.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.subject === undefined) && (missing0 = "subject")) || ((data.kind === undefined) && (missing0 = "kind"))) || ((data.eventTime === undefined) && (missing0 = "eventTime"))) || ((data.event === undefined) && (missing0 = "event"))){
validate49.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "subject") || (key0 === "kind")) || (key0 === "eventType")) || (key0 === "eventTime")) || (key0 === "event"))){
validate49.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.subject !== undefined){
let data0 = data.subject;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 2048){
validate49.errors = [{instancePath:instancePath+"/subject",schemaPath:"#/properties/subject/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data0.length < 1){
validate49.errors = [{instancePath:instancePath+"/subject",schemaPath:"#/properties/subject/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate49.errors = [{instancePath:instancePath+"/subject",schemaPath:"#/properties/subject/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.kind !== undefined){
let data1 = data.kind;
const _errs4 = errors;
if(typeof data1 !== "string"){
validate49.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data1 === "run") || (data1 === "job")) || (data1 === "dataset"))){
validate49.errors = [{instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/enum",keyword:"enum",params:{allowedValues: schema62.properties.kind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.eventType !== undefined){
let data2 = data.eventType;
const _errs6 = errors;
if(typeof data2 !== "string"){
validate49.errors = [{instancePath:instancePath+"/eventType",schemaPath:"#/properties/eventType/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((((((data2 === "START") || (data2 === "RUNNING")) || (data2 === "COMPLETE")) || (data2 === "ABORT")) || (data2 === "FAIL")) || (data2 === "OTHER"))){
validate49.errors = [{instancePath:instancePath+"/eventType",schemaPath:"#/properties/eventType/enum",keyword:"enum",params:{allowedValues: schema62.properties.eventType.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.eventTime !== undefined){
let data3 = data.eventTime;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 64){
validate49.errors = [{instancePath:instancePath+"/eventTime",schemaPath:"#/properties/eventTime/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"}];
return false;
}
else {
if(data3.length < 1){
validate49.errors = [{instancePath:instancePath+"/eventTime",schemaPath:"#/properties/eventTime/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate49.errors = [{instancePath:instancePath+"/eventTime",schemaPath:"#/properties/eventTime/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.event !== undefined){
let data4 = data.event;
const _errs10 = errors;
if(errors === _errs10){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length > 10000){
validate49.errors = [{instancePath:instancePath+"/event",schemaPath:"#/properties/event/maxProperties",keyword:"maxProperties",params:{limit: 10000},message:"must NOT have more than 10000 properties"}];
return false;
}
}
else {
validate49.errors = [{instancePath:instancePath+"/event",schemaPath:"#/properties/event/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs10 === errors;
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
validate49.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate49.errors = vErrors;
return errors === 0;
}
validate49.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const mixtureExperimentAssigned = validate50;
const schema63 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:mixture.experiment.assigned:1.1","title":"mixture.experiment.assigned","x-stream":"experiment/{experimentId}","type":"object","properties":{"experimentId":{"type":"string","maxLength":256,"minLength":1},"design":{"type":"string","enum":["controlled_ablation","swarm","observational"]},"assignment":{"type":"string","enum":["randomised","manual","unknown"]},"randomisation":{"type":"object","properties":{"method":{"type":"string","maxLength":1024,"minLength":1},"seed":{"type":"string","maxLength":256,"minLength":1}},"required":["method","seed"],"additionalProperties":false},"control":{"type":"string","maxLength":256,"minLength":1},"protocol":{"type":"string","maxLength":8192,"minLength":1},"heldEqual":{"type":"array","items":{"type":"string","maxLength":256,"minLength":1},"maxItems":100},"arms":{"type":"array","items":{"type":"object","properties":{"arm":{"type":"string","maxLength":256,"minLength":1},"mixtureId":{"type":"string","maxLength":256,"minLength":1},"role":{"type":"string","enum":["train","held_out"]},"displacement":{"type":"string","pattern":"^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$","maxLength":140}},"required":["arm","mixtureId","role"],"additionalProperties":false},"minItems":1,"maxItems":200}},"required":["experimentId","design","assignment","arms"],"additionalProperties":false};
const pattern38 = new RegExp("^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$", "u");

function validate50(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:mixture.experiment.assigned:1.1" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate50.evaluated;
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
validate50.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "experimentId") || (key0 === "design")) || (key0 === "assignment")) || (key0 === "randomisation")) || (key0 === "control")) || (key0 === "protocol")) || (key0 === "heldEqual")) || (key0 === "arms"))){
validate50.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate50.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate50.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate50.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate50.errors = [{instancePath:instancePath+"/design",schemaPath:"#/properties/design/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data1 === "controlled_ablation") || (data1 === "swarm")) || (data1 === "observational"))){
validate50.errors = [{instancePath:instancePath+"/design",schemaPath:"#/properties/design/enum",keyword:"enum",params:{allowedValues: schema63.properties.design.enum},message:"must be equal to one of the allowed values"}];
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
validate50.errors = [{instancePath:instancePath+"/assignment",schemaPath:"#/properties/assignment/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data2 === "randomised") || (data2 === "manual")) || (data2 === "unknown"))){
validate50.errors = [{instancePath:instancePath+"/assignment",schemaPath:"#/properties/assignment/enum",keyword:"enum",params:{allowedValues: schema63.properties.assignment.enum},message:"must be equal to one of the allowed values"}];
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
validate50.errors = [{instancePath:instancePath+"/randomisation",schemaPath:"#/properties/randomisation/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs10 = errors;
for(const key1 in data3){
if(!((key1 === "method") || (key1 === "seed"))){
validate50.errors = [{instancePath:instancePath+"/randomisation",schemaPath:"#/properties/randomisation/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
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
validate50.errors = [{instancePath:instancePath+"/randomisation/method",schemaPath:"#/properties/randomisation/properties/method/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data4.length < 1){
validate50.errors = [{instancePath:instancePath+"/randomisation/method",schemaPath:"#/properties/randomisation/properties/method/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate50.errors = [{instancePath:instancePath+"/randomisation/method",schemaPath:"#/properties/randomisation/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate50.errors = [{instancePath:instancePath+"/randomisation/seed",schemaPath:"#/properties/randomisation/properties/seed/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data5.length < 1){
validate50.errors = [{instancePath:instancePath+"/randomisation/seed",schemaPath:"#/properties/randomisation/properties/seed/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate50.errors = [{instancePath:instancePath+"/randomisation/seed",schemaPath:"#/properties/randomisation/properties/seed/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate50.errors = [{instancePath:instancePath+"/randomisation",schemaPath:"#/properties/randomisation/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate50.errors = [{instancePath:instancePath+"/control",schemaPath:"#/properties/control/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate50.errors = [{instancePath:instancePath+"/control",schemaPath:"#/properties/control/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate50.errors = [{instancePath:instancePath+"/control",schemaPath:"#/properties/control/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate50.errors = [{instancePath:instancePath+"/protocol",schemaPath:"#/properties/protocol/maxLength",keyword:"maxLength",params:{limit: 8192},message:"must NOT have more than 8192 characters"}];
return false;
}
else {
if(data7.length < 1){
validate50.errors = [{instancePath:instancePath+"/protocol",schemaPath:"#/properties/protocol/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate50.errors = [{instancePath:instancePath+"/protocol",schemaPath:"#/properties/protocol/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.heldEqual !== undefined){
let data8 = data.heldEqual;
const _errs19 = errors;
if(errors === _errs19){
if(Array.isArray(data8)){
if(data8.length > 100){
validate50.errors = [{instancePath:instancePath+"/heldEqual",schemaPath:"#/properties/heldEqual/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"}];
return false;
}
else {
var valid2 = true;
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
const _errs21 = errors;
if(errors === _errs21){
if(typeof data9 === "string"){
if(data9.length > 256){
validate50.errors = [{instancePath:instancePath+"/heldEqual/" + i0,schemaPath:"#/properties/heldEqual/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data9.length < 1){
validate50.errors = [{instancePath:instancePath+"/heldEqual/" + i0,schemaPath:"#/properties/heldEqual/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate50.errors = [{instancePath:instancePath+"/heldEqual/" + i0,schemaPath:"#/properties/heldEqual/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
else {
validate50.errors = [{instancePath:instancePath+"/heldEqual",schemaPath:"#/properties/heldEqual/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.arms !== undefined){
let data10 = data.arms;
const _errs23 = errors;
if(errors === _errs23){
if(Array.isArray(data10)){
if(data10.length > 200){
validate50.errors = [{instancePath:instancePath+"/arms",schemaPath:"#/properties/arms/maxItems",keyword:"maxItems",params:{limit: 200},message:"must NOT have more than 200 items"}];
return false;
}
else {
if(data10.length < 1){
validate50.errors = [{instancePath:instancePath+"/arms",schemaPath:"#/properties/arms/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid3 = true;
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
let data11 = data10[i1];
const _errs25 = errors;
if(errors === _errs25){
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
let missing2;
if((((data11.arm === undefined) && (missing2 = "arm")) || ((data11.mixtureId === undefined) && (missing2 = "mixtureId"))) || ((data11.role === undefined) && (missing2 = "role"))){
validate50.errors = [{instancePath:instancePath+"/arms/" + i1,schemaPath:"#/properties/arms/items/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs27 = errors;
for(const key2 in data11){
if(!((((key2 === "arm") || (key2 === "mixtureId")) || (key2 === "role")) || (key2 === "displacement"))){
validate50.errors = [{instancePath:instancePath+"/arms/" + i1,schemaPath:"#/properties/arms/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs27 === errors){
if(data11.arm !== undefined){
let data12 = data11.arm;
const _errs28 = errors;
if(errors === _errs28){
if(typeof data12 === "string"){
if(data12.length > 256){
validate50.errors = [{instancePath:instancePath+"/arms/" + i1+"/arm",schemaPath:"#/properties/arms/items/properties/arm/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data12.length < 1){
validate50.errors = [{instancePath:instancePath+"/arms/" + i1+"/arm",schemaPath:"#/properties/arms/items/properties/arm/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate50.errors = [{instancePath:instancePath+"/arms/" + i1+"/arm",schemaPath:"#/properties/arms/items/properties/arm/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs28 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data11.mixtureId !== undefined){
let data13 = data11.mixtureId;
const _errs30 = errors;
if(errors === _errs30){
if(typeof data13 === "string"){
if(data13.length > 256){
validate50.errors = [{instancePath:instancePath+"/arms/" + i1+"/mixtureId",schemaPath:"#/properties/arms/items/properties/mixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data13.length < 1){
validate50.errors = [{instancePath:instancePath+"/arms/" + i1+"/mixtureId",schemaPath:"#/properties/arms/items/properties/mixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate50.errors = [{instancePath:instancePath+"/arms/" + i1+"/mixtureId",schemaPath:"#/properties/arms/items/properties/mixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs30 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data11.role !== undefined){
let data14 = data11.role;
const _errs32 = errors;
if(typeof data14 !== "string"){
validate50.errors = [{instancePath:instancePath+"/arms/" + i1+"/role",schemaPath:"#/properties/arms/items/properties/role/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data14 === "train") || (data14 === "held_out"))){
validate50.errors = [{instancePath:instancePath+"/arms/" + i1+"/role",schemaPath:"#/properties/arms/items/properties/role/enum",keyword:"enum",params:{allowedValues: schema63.properties.arms.items.properties.role.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid4 = _errs32 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data11.displacement !== undefined){
let data15 = data11.displacement;
const _errs34 = errors;
if(errors === _errs34){
if(typeof data15 === "string"){
if(data15.length > 140){
validate50.errors = [{instancePath:instancePath+"/arms/" + i1+"/displacement",schemaPath:"#/properties/arms/items/properties/displacement/maxLength",keyword:"maxLength",params:{limit: 140},message:"must NOT have more than 140 characters"}];
return false;
}
else {
if(!pattern38.test(data15)){
validate50.errors = [{instancePath:instancePath+"/arms/" + i1+"/displacement",schemaPath:"#/properties/arms/items/properties/displacement/pattern",keyword:"pattern",params:{pattern: "^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$"},message:"must match pattern \""+"^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$"+"\""}];
return false;
}
}
}
else {
validate50.errors = [{instancePath:instancePath+"/arms/" + i1+"/displacement",schemaPath:"#/properties/arms/items/properties/displacement/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs34 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
}
}
else {
validate50.errors = [{instancePath:instancePath+"/arms/" + i1,schemaPath:"#/properties/arms/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs25 === errors;
if(!valid3){
break;
}
}
}
}
}
else {
validate50.errors = [{instancePath:instancePath+"/arms",schemaPath:"#/properties/arms/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs23 === errors;
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
validate50.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate50.errors = vErrors;
return errors === 0;
}
validate50.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const mixturePlanApproved = validate51;
const schema64 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:mixture.plan.approved:1.0","title":"mixture.plan.approved","x-stream":"mixture/{mixtureId}","type":"object","properties":{"mixtureId":{"type":"string","maxLength":256,"minLength":1},"approvedBy":{"type":"string","maxLength":256,"minLength":1},"note":{"type":"string","maxLength":4096,"minLength":1}},"required":["mixtureId","approvedBy"],"additionalProperties":false};

function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:mixture.plan.approved:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate51.evaluated;
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
validate51.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "mixtureId") || (key0 === "approvedBy")) || (key0 === "note"))){
validate51.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate51.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate51.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate51.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate51.errors = [{instancePath:instancePath+"/approvedBy",schemaPath:"#/properties/approvedBy/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate51.errors = [{instancePath:instancePath+"/approvedBy",schemaPath:"#/properties/approvedBy/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate51.errors = [{instancePath:instancePath+"/approvedBy",schemaPath:"#/properties/approvedBy/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate51.errors = [{instancePath:instancePath+"/note",schemaPath:"#/properties/note/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data2.length < 1){
validate51.errors = [{instancePath:instancePath+"/note",schemaPath:"#/properties/note/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate51.errors = [{instancePath:instancePath+"/note",schemaPath:"#/properties/note/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate51.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate51.errors = vErrors;
return errors === 0;
}
validate51.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const mixturePlanDecided = validate52;
const schema65 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:mixture.plan.decided:1.1","title":"mixture.plan.decided","x-stream":"mixture/{mixtureId}","type":"object","properties":{"mixtureId":{"type":"string","maxLength":256,"minLength":1},"experimentId":{"type":"string","maxLength":256,"minLength":1},"taxonomyVersion":{"type":"string","maxLength":256,"minLength":1},"unit":{"type":"string","enum":["token_share","sample_share","epochs","unnormalised"]},"phases":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"fromStep":{"type":"integer","minimum":0,"maximum":9007199254740991},"weights":{"type":"array","items":{"type":"object","properties":{"slice":{"$ref":"#/$defs/slice"},"weight":{"type":"number","minimum":0},"source":{"type":"string","maxLength":2048,"minLength":1},"label":{"type":"string","maxLength":512,"minLength":1}},"required":["slice","weight"],"additionalProperties":false},"minItems":1,"maxItems":4096},"endsAt":{"type":"integer","minimum":0,"maximum":9007199254740991}},"required":["name","fromStep","weights"],"additionalProperties":false},"minItems":1,"maxItems":64},"displacement":{"type":"string","pattern":"^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$","maxLength":140},"parentMixtureId":{"type":"string","maxLength":256,"minLength":1},"rationale":{"type":"string","maxLength":8192,"minLength":1},"constraints":{"type":"array","items":{"type":"string","maxLength":4096,"minLength":1},"minItems":1,"maxItems":64},"alternatives":{"type":"array","items":{"type":"object","properties":{"description":{"type":"string","maxLength":4096,"minLength":1},"mixtureId":{"type":"string","maxLength":256,"minLength":1}},"required":["description"],"additionalProperties":false},"minItems":1,"maxItems":64},"predictedEffects":{"type":"array","items":{"type":"object","properties":{"capability":{"type":"string","maxLength":256,"minLength":1},"effect":{"type":"number"},"unit":{"type":"string","maxLength":256,"minLength":1},"slice":{"$ref":"#/$defs/slice"},"displacement":{"type":"string","pattern":"^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$","maxLength":140},"experimentId":{"type":"string","maxLength":256,"minLength":1},"estimand":{"type":"string","enum":["presence","dose"]}},"required":["capability","effect","unit"],"additionalProperties":false},"minItems":1,"maxItems":256},"decidedBy":{"type":"string","maxLength":256,"minLength":1},"missing":{"type":"array","items":{"type":"object","properties":{"description":{"type":"string","maxLength":1024,"minLength":1},"weight":{"type":"number","minimum":0}},"required":["description","weight"],"additionalProperties":false},"maxItems":1000},"name":{"type":"string","maxLength":512,"minLength":1},"snapshotId":{"type":"string","maxLength":512,"minLength":1},"citation":{"type":"string","maxLength":2048,"minLength":1}},"required":["mixtureId","unit","phases","rationale","decidedBy"],"additionalProperties":false,"$defs":{"slice":{"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128}}};
const schema66 = {"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128};

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:mixture.plan.decided:1.1" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate52.evaluated;
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
validate52.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema65.properties, key0))){
validate52.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate52.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate52.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate52.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate52.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate52.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate52.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/taxonomyVersion",schemaPath:"#/properties/taxonomyVersion/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate52.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((((data3 === "token_share") || (data3 === "sample_share")) || (data3 === "epochs")) || (data3 === "unnormalised"))){
validate52.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/enum",keyword:"enum",params:{allowedValues: schema65.properties.unit.enum},message:"must be equal to one of the allowed values"}];
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
validate52.errors = [{instancePath:instancePath+"/phases",schemaPath:"#/properties/phases/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"}];
return false;
}
else {
if(data4.length < 1){
validate52.errors = [{instancePath:instancePath+"/phases",schemaPath:"#/properties/phases/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
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
validate52.errors = [{instancePath:instancePath+"/phases/" + i0,schemaPath:"#/properties/phases/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs14 = errors;
for(const key1 in data5){
if(!((((key1 === "name") || (key1 === "fromStep")) || (key1 === "weights")) || (key1 === "endsAt"))){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0,schemaPath:"#/properties/phases/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
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
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/name",schemaPath:"#/properties/phases/items/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/name",schemaPath:"#/properties/phases/items/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/name",schemaPath:"#/properties/phases/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/fromStep",schemaPath:"#/properties/phases/items/properties/fromStep/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs17){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 9007199254740991 || isNaN(data7)){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/fromStep",schemaPath:"#/properties/phases/items/properties/fromStep/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data7 < 0 || isNaN(data7)){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/fromStep",schemaPath:"#/properties/phases/items/properties/fromStep/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights",schemaPath:"#/properties/phases/items/properties/weights/maxItems",keyword:"maxItems",params:{limit: 4096},message:"must NOT have more than 4096 items"}];
return false;
}
else {
if(data8.length < 1){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights",schemaPath:"#/properties/phases/items/properties/weights/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
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
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1,schemaPath:"#/properties/phases/items/properties/weights/items/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs23 = errors;
for(const key2 in data9){
if(!((((key2 === "slice") || (key2 === "weight")) || (key2 === "source")) || (key2 === "label"))){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1,schemaPath:"#/properties/phases/items/properties/weights/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
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
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/slice",schemaPath:"#/$defs/slice/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern15.test(data10)){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/slice",schemaPath:"#/$defs/slice/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"+"\""}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/slice",schemaPath:"#/$defs/slice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/weight",schemaPath:"#/properties/phases/items/properties/weights/items/properties/weight/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/weight",schemaPath:"#/properties/phases/items/properties/weights/items/properties/weight/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid4 = _errs27 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data9.source !== undefined){
let data12 = data9.source;
const _errs29 = errors;
if(errors === _errs29){
if(typeof data12 === "string"){
if(data12.length > 2048){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/source",schemaPath:"#/properties/phases/items/properties/weights/items/properties/source/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data12.length < 1){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/source",schemaPath:"#/properties/phases/items/properties/weights/items/properties/source/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/source",schemaPath:"#/properties/phases/items/properties/weights/items/properties/source/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs29 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data9.label !== undefined){
let data13 = data9.label;
const _errs31 = errors;
if(errors === _errs31){
if(typeof data13 === "string"){
if(data13.length > 512){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/label",schemaPath:"#/properties/phases/items/properties/weights/items/properties/label/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data13.length < 1){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/label",schemaPath:"#/properties/phases/items/properties/weights/items/properties/label/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1+"/label",schemaPath:"#/properties/phases/items/properties/weights/items/properties/label/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs31 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights/" + i1,schemaPath:"#/properties/phases/items/properties/weights/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/weights",schemaPath:"#/properties/phases/items/properties/weights/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid2 = _errs19 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data5.endsAt !== undefined){
let data14 = data5.endsAt;
const _errs33 = errors;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/endsAt",schemaPath:"#/properties/phases/items/properties/endsAt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs33){
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 > 9007199254740991 || isNaN(data14)){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/endsAt",schemaPath:"#/properties/phases/items/properties/endsAt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data14 < 0 || isNaN(data14)){
validate52.errors = [{instancePath:instancePath+"/phases/" + i0+"/endsAt",schemaPath:"#/properties/phases/items/properties/endsAt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid2 = _errs33 === errors;
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
validate52.errors = [{instancePath:instancePath+"/phases/" + i0,schemaPath:"#/properties/phases/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate52.errors = [{instancePath:instancePath+"/phases",schemaPath:"#/properties/phases/type",keyword:"type",params:{type: "array"},message:"must be array"}];
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
let data15 = data.displacement;
const _errs35 = errors;
if(errors === _errs35){
if(typeof data15 === "string"){
if(data15.length > 140){
validate52.errors = [{instancePath:instancePath+"/displacement",schemaPath:"#/properties/displacement/maxLength",keyword:"maxLength",params:{limit: 140},message:"must NOT have more than 140 characters"}];
return false;
}
else {
if(!pattern38.test(data15)){
validate52.errors = [{instancePath:instancePath+"/displacement",schemaPath:"#/properties/displacement/pattern",keyword:"pattern",params:{pattern: "^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$"},message:"must match pattern \""+"^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$"+"\""}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/displacement",schemaPath:"#/properties/displacement/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs35 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.parentMixtureId !== undefined){
let data16 = data.parentMixtureId;
const _errs37 = errors;
if(errors === _errs37){
if(typeof data16 === "string"){
if(data16.length > 256){
validate52.errors = [{instancePath:instancePath+"/parentMixtureId",schemaPath:"#/properties/parentMixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data16.length < 1){
validate52.errors = [{instancePath:instancePath+"/parentMixtureId",schemaPath:"#/properties/parentMixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/parentMixtureId",schemaPath:"#/properties/parentMixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs37 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.rationale !== undefined){
let data17 = data.rationale;
const _errs39 = errors;
if(errors === _errs39){
if(typeof data17 === "string"){
if(data17.length > 8192){
validate52.errors = [{instancePath:instancePath+"/rationale",schemaPath:"#/properties/rationale/maxLength",keyword:"maxLength",params:{limit: 8192},message:"must NOT have more than 8192 characters"}];
return false;
}
else {
if(data17.length < 1){
validate52.errors = [{instancePath:instancePath+"/rationale",schemaPath:"#/properties/rationale/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/rationale",schemaPath:"#/properties/rationale/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs39 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.constraints !== undefined){
let data18 = data.constraints;
const _errs41 = errors;
if(errors === _errs41){
if(Array.isArray(data18)){
if(data18.length > 64){
validate52.errors = [{instancePath:instancePath+"/constraints",schemaPath:"#/properties/constraints/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"}];
return false;
}
else {
if(data18.length < 1){
validate52.errors = [{instancePath:instancePath+"/constraints",schemaPath:"#/properties/constraints/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid6 = true;
const len2 = data18.length;
for(let i2=0; i2<len2; i2++){
let data19 = data18[i2];
const _errs43 = errors;
if(errors === _errs43){
if(typeof data19 === "string"){
if(data19.length > 4096){
validate52.errors = [{instancePath:instancePath+"/constraints/" + i2,schemaPath:"#/properties/constraints/items/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data19.length < 1){
validate52.errors = [{instancePath:instancePath+"/constraints/" + i2,schemaPath:"#/properties/constraints/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/constraints/" + i2,schemaPath:"#/properties/constraints/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid6 = _errs43 === errors;
if(!valid6){
break;
}
}
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/constraints",schemaPath:"#/properties/constraints/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs41 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.alternatives !== undefined){
let data20 = data.alternatives;
const _errs45 = errors;
if(errors === _errs45){
if(Array.isArray(data20)){
if(data20.length > 64){
validate52.errors = [{instancePath:instancePath+"/alternatives",schemaPath:"#/properties/alternatives/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"}];
return false;
}
else {
if(data20.length < 1){
validate52.errors = [{instancePath:instancePath+"/alternatives",schemaPath:"#/properties/alternatives/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid7 = true;
const len3 = data20.length;
for(let i3=0; i3<len3; i3++){
let data21 = data20[i3];
const _errs47 = errors;
if(errors === _errs47){
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
let missing3;
if((data21.description === undefined) && (missing3 = "description")){
validate52.errors = [{instancePath:instancePath+"/alternatives/" + i3,schemaPath:"#/properties/alternatives/items/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
const _errs49 = errors;
for(const key3 in data21){
if(!((key3 === "description") || (key3 === "mixtureId"))){
validate52.errors = [{instancePath:instancePath+"/alternatives/" + i3,schemaPath:"#/properties/alternatives/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs49 === errors){
if(data21.description !== undefined){
let data22 = data21.description;
const _errs50 = errors;
if(errors === _errs50){
if(typeof data22 === "string"){
if(data22.length > 4096){
validate52.errors = [{instancePath:instancePath+"/alternatives/" + i3+"/description",schemaPath:"#/properties/alternatives/items/properties/description/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data22.length < 1){
validate52.errors = [{instancePath:instancePath+"/alternatives/" + i3+"/description",schemaPath:"#/properties/alternatives/items/properties/description/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/alternatives/" + i3+"/description",schemaPath:"#/properties/alternatives/items/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid8 = _errs50 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data21.mixtureId !== undefined){
let data23 = data21.mixtureId;
const _errs52 = errors;
if(errors === _errs52){
if(typeof data23 === "string"){
if(data23.length > 256){
validate52.errors = [{instancePath:instancePath+"/alternatives/" + i3+"/mixtureId",schemaPath:"#/properties/alternatives/items/properties/mixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data23.length < 1){
validate52.errors = [{instancePath:instancePath+"/alternatives/" + i3+"/mixtureId",schemaPath:"#/properties/alternatives/items/properties/mixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/alternatives/" + i3+"/mixtureId",schemaPath:"#/properties/alternatives/items/properties/mixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid8 = _errs52 === errors;
}
else {
var valid8 = true;
}
}
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/alternatives/" + i3,schemaPath:"#/properties/alternatives/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid7 = _errs47 === errors;
if(!valid7){
break;
}
}
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/alternatives",schemaPath:"#/properties/alternatives/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs45 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.predictedEffects !== undefined){
let data24 = data.predictedEffects;
const _errs54 = errors;
if(errors === _errs54){
if(Array.isArray(data24)){
if(data24.length > 256){
validate52.errors = [{instancePath:instancePath+"/predictedEffects",schemaPath:"#/properties/predictedEffects/maxItems",keyword:"maxItems",params:{limit: 256},message:"must NOT have more than 256 items"}];
return false;
}
else {
if(data24.length < 1){
validate52.errors = [{instancePath:instancePath+"/predictedEffects",schemaPath:"#/properties/predictedEffects/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid9 = true;
const len4 = data24.length;
for(let i4=0; i4<len4; i4++){
let data25 = data24[i4];
const _errs56 = errors;
if(errors === _errs56){
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
let missing4;
if((((data25.capability === undefined) && (missing4 = "capability")) || ((data25.effect === undefined) && (missing4 = "effect"))) || ((data25.unit === undefined) && (missing4 = "unit"))){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4,schemaPath:"#/properties/predictedEffects/items/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
const _errs58 = errors;
for(const key4 in data25){
if(!(((((((key4 === "capability") || (key4 === "effect")) || (key4 === "unit")) || (key4 === "slice")) || (key4 === "displacement")) || (key4 === "experimentId")) || (key4 === "estimand"))){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4,schemaPath:"#/properties/predictedEffects/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs58 === errors){
if(data25.capability !== undefined){
let data26 = data25.capability;
const _errs59 = errors;
if(errors === _errs59){
if(typeof data26 === "string"){
if(data26.length > 256){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/capability",schemaPath:"#/properties/predictedEffects/items/properties/capability/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data26.length < 1){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/capability",schemaPath:"#/properties/predictedEffects/items/properties/capability/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/capability",schemaPath:"#/properties/predictedEffects/items/properties/capability/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid10 = _errs59 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data25.effect !== undefined){
let data27 = data25.effect;
const _errs61 = errors;
if(!((typeof data27 == "number") && (isFinite(data27)))){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/effect",schemaPath:"#/properties/predictedEffects/items/properties/effect/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
var valid10 = _errs61 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data25.unit !== undefined){
let data28 = data25.unit;
const _errs63 = errors;
if(errors === _errs63){
if(typeof data28 === "string"){
if(data28.length > 256){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/unit",schemaPath:"#/properties/predictedEffects/items/properties/unit/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data28.length < 1){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/unit",schemaPath:"#/properties/predictedEffects/items/properties/unit/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/unit",schemaPath:"#/properties/predictedEffects/items/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid10 = _errs63 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data25.slice !== undefined){
let data29 = data25.slice;
const _errs65 = errors;
const _errs66 = errors;
if(errors === _errs66){
if(typeof data29 === "string"){
if(data29.length > 128){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/slice",schemaPath:"#/$defs/slice/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern15.test(data29)){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/slice",schemaPath:"#/$defs/slice/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"+"\""}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/slice",schemaPath:"#/$defs/slice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid10 = _errs65 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data25.displacement !== undefined){
let data30 = data25.displacement;
const _errs68 = errors;
if(errors === _errs68){
if(typeof data30 === "string"){
if(data30.length > 140){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/displacement",schemaPath:"#/properties/predictedEffects/items/properties/displacement/maxLength",keyword:"maxLength",params:{limit: 140},message:"must NOT have more than 140 characters"}];
return false;
}
else {
if(!pattern38.test(data30)){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/displacement",schemaPath:"#/properties/predictedEffects/items/properties/displacement/pattern",keyword:"pattern",params:{pattern: "^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$"},message:"must match pattern \""+"^(proportional|added_budget|swap:[a-z0-9_./-]+|within:[a-z0-9_.-]+)$"+"\""}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/displacement",schemaPath:"#/properties/predictedEffects/items/properties/displacement/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid10 = _errs68 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data25.experimentId !== undefined){
let data31 = data25.experimentId;
const _errs70 = errors;
if(errors === _errs70){
if(typeof data31 === "string"){
if(data31.length > 256){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/experimentId",schemaPath:"#/properties/predictedEffects/items/properties/experimentId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data31.length < 1){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/experimentId",schemaPath:"#/properties/predictedEffects/items/properties/experimentId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/experimentId",schemaPath:"#/properties/predictedEffects/items/properties/experimentId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid10 = _errs70 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data25.estimand !== undefined){
let data32 = data25.estimand;
const _errs72 = errors;
if(typeof data32 !== "string"){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/estimand",schemaPath:"#/properties/predictedEffects/items/properties/estimand/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data32 === "presence") || (data32 === "dose"))){
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4+"/estimand",schemaPath:"#/properties/predictedEffects/items/properties/estimand/enum",keyword:"enum",params:{allowedValues: schema65.properties.predictedEffects.items.properties.estimand.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid10 = _errs72 === errors;
}
else {
var valid10 = true;
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
validate52.errors = [{instancePath:instancePath+"/predictedEffects/" + i4,schemaPath:"#/properties/predictedEffects/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid9 = _errs56 === errors;
if(!valid9){
break;
}
}
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/predictedEffects",schemaPath:"#/properties/predictedEffects/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs54 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.decidedBy !== undefined){
let data33 = data.decidedBy;
const _errs74 = errors;
if(errors === _errs74){
if(typeof data33 === "string"){
if(data33.length > 256){
validate52.errors = [{instancePath:instancePath+"/decidedBy",schemaPath:"#/properties/decidedBy/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data33.length < 1){
validate52.errors = [{instancePath:instancePath+"/decidedBy",schemaPath:"#/properties/decidedBy/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/decidedBy",schemaPath:"#/properties/decidedBy/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs74 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.missing !== undefined){
let data34 = data.missing;
const _errs76 = errors;
if(errors === _errs76){
if(Array.isArray(data34)){
if(data34.length > 1000){
validate52.errors = [{instancePath:instancePath+"/missing",schemaPath:"#/properties/missing/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
var valid12 = true;
const len5 = data34.length;
for(let i5=0; i5<len5; i5++){
let data35 = data34[i5];
const _errs78 = errors;
if(errors === _errs78){
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
let missing5;
if(((data35.description === undefined) && (missing5 = "description")) || ((data35.weight === undefined) && (missing5 = "weight"))){
validate52.errors = [{instancePath:instancePath+"/missing/" + i5,schemaPath:"#/properties/missing/items/required",keyword:"required",params:{missingProperty: missing5},message:"must have required property '"+missing5+"'"}];
return false;
}
else {
const _errs80 = errors;
for(const key5 in data35){
if(!((key5 === "description") || (key5 === "weight"))){
validate52.errors = [{instancePath:instancePath+"/missing/" + i5,schemaPath:"#/properties/missing/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs80 === errors){
if(data35.description !== undefined){
let data36 = data35.description;
const _errs81 = errors;
if(errors === _errs81){
if(typeof data36 === "string"){
if(data36.length > 1024){
validate52.errors = [{instancePath:instancePath+"/missing/" + i5+"/description",schemaPath:"#/properties/missing/items/properties/description/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data36.length < 1){
validate52.errors = [{instancePath:instancePath+"/missing/" + i5+"/description",schemaPath:"#/properties/missing/items/properties/description/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/missing/" + i5+"/description",schemaPath:"#/properties/missing/items/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid13 = _errs81 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data35.weight !== undefined){
let data37 = data35.weight;
const _errs83 = errors;
if(errors === _errs83){
if((typeof data37 == "number") && (isFinite(data37))){
if(data37 < 0 || isNaN(data37)){
validate52.errors = [{instancePath:instancePath+"/missing/" + i5+"/weight",schemaPath:"#/properties/missing/items/properties/weight/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate52.errors = [{instancePath:instancePath+"/missing/" + i5+"/weight",schemaPath:"#/properties/missing/items/properties/weight/type",keyword:"type",params:{type: "number"},message:"must be number"}];
return false;
}
}
var valid13 = _errs83 === errors;
}
else {
var valid13 = true;
}
}
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/missing/" + i5,schemaPath:"#/properties/missing/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid12 = _errs78 === errors;
if(!valid12){
break;
}
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/missing",schemaPath:"#/properties/missing/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs76 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
let data38 = data.name;
const _errs85 = errors;
if(errors === _errs85){
if(typeof data38 === "string"){
if(data38.length > 512){
validate52.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data38.length < 1){
validate52.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs85 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.snapshotId !== undefined){
let data39 = data.snapshotId;
const _errs87 = errors;
if(errors === _errs87){
if(typeof data39 === "string"){
if(data39.length > 512){
validate52.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data39.length < 1){
validate52.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs87 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.citation !== undefined){
let data40 = data.citation;
const _errs89 = errors;
if(errors === _errs89){
if(typeof data40 === "string"){
if(data40.length > 2048){
validate52.errors = [{instancePath:instancePath+"/citation",schemaPath:"#/properties/citation/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data40.length < 1){
validate52.errors = [{instancePath:instancePath+"/citation",schemaPath:"#/properties/citation/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate52.errors = [{instancePath:instancePath+"/citation",schemaPath:"#/properties/citation/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs89 === errors;
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
else {
validate52.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate52.errors = vErrors;
return errors === 0;
}
validate52.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const mixturePlanSuperseded = validate53;
const schema68 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:mixture.plan.superseded:1.0","title":"mixture.plan.superseded","x-stream":"mixture/{mixtureId}","type":"object","properties":{"mixtureId":{"type":"string","maxLength":256,"minLength":1},"supersededBy":{"type":"string","maxLength":256,"minLength":1},"reason":{"type":"string","maxLength":4096,"minLength":1},"actor":{"type":"string","maxLength":256,"minLength":1}},"required":["mixtureId","supersededBy","reason","actor"],"additionalProperties":false};

function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:mixture.plan.superseded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate53.evaluated;
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
validate53.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "mixtureId") || (key0 === "supersededBy")) || (key0 === "reason")) || (key0 === "actor"))){
validate53.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate53.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate53.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate53.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate53.errors = [{instancePath:instancePath+"/supersededBy",schemaPath:"#/properties/supersededBy/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate53.errors = [{instancePath:instancePath+"/supersededBy",schemaPath:"#/properties/supersededBy/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate53.errors = [{instancePath:instancePath+"/supersededBy",schemaPath:"#/properties/supersededBy/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate53.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data2.length < 1){
validate53.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate53.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate53.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate53.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate53.errors = [{instancePath:instancePath+"/actor",schemaPath:"#/properties/actor/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate53.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate53.errors = vErrors;
return errors === 0;
}
validate53.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const routingLoadObserved = validate54;
const schema69 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:routing.load.observed:1.0","title":"routing.load.observed","x-stream":"checkpoint/{checkpointId}","x-telemetry":true,"type":"object","properties":{"checkpointId":{"type":"string","maxLength":512,"minLength":1},"runId":{"type":"string","maxLength":256,"minLength":1},"step":{"type":"integer","minimum":0,"maximum":9007199254740991},"probeSet":{"type":"string","maxLength":512,"minLength":1},"domain":{"type":"string","maxLength":256,"minLength":1},"layer":{"type":"integer","minimum":0,"maximum":100000},"topK":{"type":"integer","minimum":1,"maximum":10000},"choice":{"type":"string","enum":["all","first"]},"counts":{"type":"array","items":{"type":"integer","minimum":0,"maximum":9007199254740991},"maxItems":10000,"minItems":1},"tokens":{"type":"integer","minimum":0,"maximum":9007199254740991},"coActivation":{"type":"object","properties":{"variant":{"type":"string","maxLength":256,"minLength":1},"pairs":{"type":"array","items":{"type":"object","properties":{"first":{"type":"integer","minimum":0,"maximum":9007199254740991},"second":{"type":"integer","minimum":0,"maximum":9007199254740991},"count":{"type":"integer","minimum":0,"maximum":9007199254740991}},"required":["first","second","count"],"additionalProperties":false},"maxItems":5000}},"required":["variant","pairs"],"additionalProperties":false},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]}},"required":["checkpointId","probeSet","domain","layer","topK","choice","counts","method"],"additionalProperties":false};

function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:routing.load.observed:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate54.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((((data.checkpointId === undefined) && (missing0 = "checkpointId")) || ((data.probeSet === undefined) && (missing0 = "probeSet"))) || ((data.domain === undefined) && (missing0 = "domain"))) || ((data.layer === undefined) && (missing0 = "layer"))) || ((data.topK === undefined) && (missing0 = "topK"))) || ((data.choice === undefined) && (missing0 = "choice"))) || ((data.counts === undefined) && (missing0 = "counts"))) || ((data.method === undefined) && (missing0 = "method"))){
validate54.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema69.properties, key0))){
validate54.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.checkpointId !== undefined){
let data0 = data.checkpointId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 512){
validate54.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data0.length < 1){
validate54.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate54.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.runId !== undefined){
let data1 = data.runId;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 256){
validate54.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate54.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate54.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate54.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs6){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 9007199254740991 || isNaN(data2)){
validate54.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data2 < 0 || isNaN(data2)){
validate54.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
if(data.probeSet !== undefined){
let data3 = data.probeSet;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 512){
validate54.errors = [{instancePath:instancePath+"/probeSet",schemaPath:"#/properties/probeSet/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data3.length < 1){
validate54.errors = [{instancePath:instancePath+"/probeSet",schemaPath:"#/properties/probeSet/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate54.errors = [{instancePath:instancePath+"/probeSet",schemaPath:"#/properties/probeSet/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.domain !== undefined){
let data4 = data.domain;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 256){
validate54.errors = [{instancePath:instancePath+"/domain",schemaPath:"#/properties/domain/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate54.errors = [{instancePath:instancePath+"/domain",schemaPath:"#/properties/domain/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate54.errors = [{instancePath:instancePath+"/domain",schemaPath:"#/properties/domain/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.layer !== undefined){
let data5 = data.layer;
const _errs12 = errors;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
validate54.errors = [{instancePath:instancePath+"/layer",schemaPath:"#/properties/layer/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs12){
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 100000 || isNaN(data5)){
validate54.errors = [{instancePath:instancePath+"/layer",schemaPath:"#/properties/layer/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100000},message:"must be <= 100000"}];
return false;
}
else {
if(data5 < 0 || isNaN(data5)){
validate54.errors = [{instancePath:instancePath+"/layer",schemaPath:"#/properties/layer/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.topK !== undefined){
let data6 = data.topK;
const _errs14 = errors;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
validate54.errors = [{instancePath:instancePath+"/topK",schemaPath:"#/properties/topK/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs14){
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 10000 || isNaN(data6)){
validate54.errors = [{instancePath:instancePath+"/topK",schemaPath:"#/properties/topK/maximum",keyword:"maximum",params:{comparison: "<=", limit: 10000},message:"must be <= 10000"}];
return false;
}
else {
if(data6 < 1 || isNaN(data6)){
validate54.errors = [{instancePath:instancePath+"/topK",schemaPath:"#/properties/topK/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.choice !== undefined){
let data7 = data.choice;
const _errs16 = errors;
if(typeof data7 !== "string"){
validate54.errors = [{instancePath:instancePath+"/choice",schemaPath:"#/properties/choice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data7 === "all") || (data7 === "first"))){
validate54.errors = [{instancePath:instancePath+"/choice",schemaPath:"#/properties/choice/enum",keyword:"enum",params:{allowedValues: schema69.properties.choice.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.counts !== undefined){
let data8 = data.counts;
const _errs18 = errors;
if(errors === _errs18){
if(Array.isArray(data8)){
if(data8.length > 10000){
validate54.errors = [{instancePath:instancePath+"/counts",schemaPath:"#/properties/counts/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
if(data8.length < 1){
validate54.errors = [{instancePath:instancePath+"/counts",schemaPath:"#/properties/counts/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
const _errs20 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate54.errors = [{instancePath:instancePath+"/counts/" + i0,schemaPath:"#/properties/counts/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs20){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 9007199254740991 || isNaN(data9)){
validate54.errors = [{instancePath:instancePath+"/counts/" + i0,schemaPath:"#/properties/counts/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data9 < 0 || isNaN(data9)){
validate54.errors = [{instancePath:instancePath+"/counts/" + i0,schemaPath:"#/properties/counts/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid1 = _errs20 === errors;
if(!valid1){
break;
}
}
}
}
}
else {
validate54.errors = [{instancePath:instancePath+"/counts",schemaPath:"#/properties/counts/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokens !== undefined){
let data10 = data.tokens;
const _errs22 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
validate54.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs22){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 9007199254740991 || isNaN(data10)){
validate54.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data10 < 0 || isNaN(data10)){
validate54.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
if(data.coActivation !== undefined){
let data11 = data.coActivation;
const _errs24 = errors;
if(errors === _errs24){
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
let missing1;
if(((data11.variant === undefined) && (missing1 = "variant")) || ((data11.pairs === undefined) && (missing1 = "pairs"))){
validate54.errors = [{instancePath:instancePath+"/coActivation",schemaPath:"#/properties/coActivation/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs26 = errors;
for(const key1 in data11){
if(!((key1 === "variant") || (key1 === "pairs"))){
validate54.errors = [{instancePath:instancePath+"/coActivation",schemaPath:"#/properties/coActivation/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs26 === errors){
if(data11.variant !== undefined){
let data12 = data11.variant;
const _errs27 = errors;
if(errors === _errs27){
if(typeof data12 === "string"){
if(data12.length > 256){
validate54.errors = [{instancePath:instancePath+"/coActivation/variant",schemaPath:"#/properties/coActivation/properties/variant/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data12.length < 1){
validate54.errors = [{instancePath:instancePath+"/coActivation/variant",schemaPath:"#/properties/coActivation/properties/variant/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate54.errors = [{instancePath:instancePath+"/coActivation/variant",schemaPath:"#/properties/coActivation/properties/variant/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs27 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data11.pairs !== undefined){
let data13 = data11.pairs;
const _errs29 = errors;
if(errors === _errs29){
if(Array.isArray(data13)){
if(data13.length > 5000){
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs",schemaPath:"#/properties/coActivation/properties/pairs/maxItems",keyword:"maxItems",params:{limit: 5000},message:"must NOT have more than 5000 items"}];
return false;
}
else {
var valid3 = true;
const len1 = data13.length;
for(let i1=0; i1<len1; i1++){
let data14 = data13[i1];
const _errs31 = errors;
if(errors === _errs31){
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
let missing2;
if((((data14.first === undefined) && (missing2 = "first")) || ((data14.second === undefined) && (missing2 = "second"))) || ((data14.count === undefined) && (missing2 = "count"))){
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs/" + i1,schemaPath:"#/properties/coActivation/properties/pairs/items/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs33 = errors;
for(const key2 in data14){
if(!(((key2 === "first") || (key2 === "second")) || (key2 === "count"))){
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs/" + i1,schemaPath:"#/properties/coActivation/properties/pairs/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs33 === errors){
if(data14.first !== undefined){
let data15 = data14.first;
const _errs34 = errors;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs/" + i1+"/first",schemaPath:"#/properties/coActivation/properties/pairs/items/properties/first/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs34){
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 9007199254740991 || isNaN(data15)){
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs/" + i1+"/first",schemaPath:"#/properties/coActivation/properties/pairs/items/properties/first/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data15 < 0 || isNaN(data15)){
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs/" + i1+"/first",schemaPath:"#/properties/coActivation/properties/pairs/items/properties/first/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid4 = _errs34 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data14.second !== undefined){
let data16 = data14.second;
const _errs36 = errors;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs/" + i1+"/second",schemaPath:"#/properties/coActivation/properties/pairs/items/properties/second/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs36){
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 > 9007199254740991 || isNaN(data16)){
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs/" + i1+"/second",schemaPath:"#/properties/coActivation/properties/pairs/items/properties/second/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data16 < 0 || isNaN(data16)){
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs/" + i1+"/second",schemaPath:"#/properties/coActivation/properties/pairs/items/properties/second/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid4 = _errs36 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data14.count !== undefined){
let data17 = data14.count;
const _errs38 = errors;
if(!(((typeof data17 == "number") && (!(data17 % 1) && !isNaN(data17))) && (isFinite(data17)))){
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs/" + i1+"/count",schemaPath:"#/properties/coActivation/properties/pairs/items/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs38){
if((typeof data17 == "number") && (isFinite(data17))){
if(data17 > 9007199254740991 || isNaN(data17)){
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs/" + i1+"/count",schemaPath:"#/properties/coActivation/properties/pairs/items/properties/count/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data17 < 0 || isNaN(data17)){
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs/" + i1+"/count",schemaPath:"#/properties/coActivation/properties/pairs/items/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid4 = _errs38 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
}
else {
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs/" + i1,schemaPath:"#/properties/coActivation/properties/pairs/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs31 === errors;
if(!valid3){
break;
}
}
}
}
else {
validate54.errors = [{instancePath:instancePath+"/coActivation/pairs",schemaPath:"#/properties/coActivation/properties/pairs/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid2 = _errs29 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
else {
validate54.errors = [{instancePath:instancePath+"/coActivation",schemaPath:"#/properties/coActivation/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs24 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.method !== undefined){
let data18 = data.method;
const _errs40 = errors;
if(typeof data18 !== "string"){
validate54.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data18 === "measured") || (data18 === "reported")) || (data18 === "declared")) || (data18 === "inferred")) || (data18 === "sampled"))){
validate54.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/enum",keyword:"enum",params:{allowedValues: schema69.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs40 === errors;
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
else {
validate54.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate54.errors = vErrors;
return errors === 0;
}
validate54.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingArtifactRecorded = validate55;
const schema70 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.artifact.recorded:1.0","title":"training.artifact.recorded","x-stream":"artifact/{ownerId}","type":"object","properties":{"ownerKind":{"type":"string","enum":["run","model"]},"ownerId":{"type":"string","maxLength":512,"minLength":1},"path":{"type":"string","maxLength":1024,"minLength":1},"digest":{"type":"string","pattern":"^[0-9a-f]{64}$"},"bytes":{"type":"integer","minimum":0,"maximum":9007199254740991}},"required":["ownerKind","ownerId","path","digest","bytes"],"additionalProperties":false};

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.artifact.recorded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate55.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.ownerKind === undefined) && (missing0 = "ownerKind")) || ((data.ownerId === undefined) && (missing0 = "ownerId"))) || ((data.path === undefined) && (missing0 = "path"))) || ((data.digest === undefined) && (missing0 = "digest"))) || ((data.bytes === undefined) && (missing0 = "bytes"))){
validate55.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "ownerKind") || (key0 === "ownerId")) || (key0 === "path")) || (key0 === "digest")) || (key0 === "bytes"))){
validate55.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.ownerKind !== undefined){
let data0 = data.ownerKind;
const _errs2 = errors;
if(typeof data0 !== "string"){
validate55.errors = [{instancePath:instancePath+"/ownerKind",schemaPath:"#/properties/ownerKind/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data0 === "run") || (data0 === "model"))){
validate55.errors = [{instancePath:instancePath+"/ownerKind",schemaPath:"#/properties/ownerKind/enum",keyword:"enum",params:{allowedValues: schema70.properties.ownerKind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.ownerId !== undefined){
let data1 = data.ownerId;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 512){
validate55.errors = [{instancePath:instancePath+"/ownerId",schemaPath:"#/properties/ownerId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data1.length < 1){
validate55.errors = [{instancePath:instancePath+"/ownerId",schemaPath:"#/properties/ownerId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate55.errors = [{instancePath:instancePath+"/ownerId",schemaPath:"#/properties/ownerId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.path !== undefined){
let data2 = data.path;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 1024){
validate55.errors = [{instancePath:instancePath+"/path",schemaPath:"#/properties/path/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data2.length < 1){
validate55.errors = [{instancePath:instancePath+"/path",schemaPath:"#/properties/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate55.errors = [{instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.digest !== undefined){
let data3 = data.digest;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(!pattern8.test(data3)){
validate55.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate55.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.bytes !== undefined){
let data4 = data.bytes;
const _errs10 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate55.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs10){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 9007199254740991 || isNaN(data4)){
validate55.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data4 < 0 || isNaN(data4)){
validate55.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
}
}
}
}
}
}
}
else {
validate55.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate55.errors = vErrors;
return errors === 0;
}
validate55.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingArtifactRemoved = validate56;
const schema71 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.artifact.removed:1.0","title":"training.artifact.removed","x-stream":"artifact/{ownerId}","type":"object","properties":{"ownerKind":{"type":"string","enum":["run","model"]},"ownerId":{"type":"string","maxLength":512,"minLength":1},"path":{"type":"string","maxLength":1024,"minLength":1}},"required":["ownerKind","ownerId","path"],"additionalProperties":false};

function validate56(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.artifact.removed:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate56.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.ownerKind === undefined) && (missing0 = "ownerKind")) || ((data.ownerId === undefined) && (missing0 = "ownerId"))) || ((data.path === undefined) && (missing0 = "path"))){
validate56.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "ownerKind") || (key0 === "ownerId")) || (key0 === "path"))){
validate56.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.ownerKind !== undefined){
let data0 = data.ownerKind;
const _errs2 = errors;
if(typeof data0 !== "string"){
validate56.errors = [{instancePath:instancePath+"/ownerKind",schemaPath:"#/properties/ownerKind/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data0 === "run") || (data0 === "model"))){
validate56.errors = [{instancePath:instancePath+"/ownerKind",schemaPath:"#/properties/ownerKind/enum",keyword:"enum",params:{allowedValues: schema71.properties.ownerKind.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.ownerId !== undefined){
let data1 = data.ownerId;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 512){
validate56.errors = [{instancePath:instancePath+"/ownerId",schemaPath:"#/properties/ownerId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data1.length < 1){
validate56.errors = [{instancePath:instancePath+"/ownerId",schemaPath:"#/properties/ownerId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate56.errors = [{instancePath:instancePath+"/ownerId",schemaPath:"#/properties/ownerId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.path !== undefined){
let data2 = data.path;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 1024){
validate56.errors = [{instancePath:instancePath+"/path",schemaPath:"#/properties/path/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data2.length < 1){
validate56.errors = [{instancePath:instancePath+"/path",schemaPath:"#/properties/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate56.errors = [{instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate56.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate56.errors = vErrors;
return errors === 0;
}
validate56.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingCheckpointSaved = validate57;
const schema72 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.checkpoint.saved:1.0","title":"training.checkpoint.saved","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"checkpointId":{"type":"string","maxLength":512,"minLength":1},"step":{"type":"integer","minimum":0,"maximum":9007199254740991},"tokens":{"type":"integer","minimum":0,"maximum":9007199254740991},"uri":{"type":"string","maxLength":2048,"minLength":1},"digest":{"type":"string","pattern":"^[0-9a-f]{64}$"},"bytes":{"type":"integer","minimum":0,"maximum":9007199254740991},"tokensMethod":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]},"stage":{"type":"string","maxLength":256,"minLength":1},"parents":{"type":"array","items":{"type":"string","maxLength":512,"minLength":1},"maxItems":1000}},"required":["runId","attempt","checkpointId","step"],"additionalProperties":false};

function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.checkpoint.saved:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate57.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.runId === undefined) && (missing0 = "runId")) || ((data.attempt === undefined) && (missing0 = "attempt"))) || ((data.checkpointId === undefined) && (missing0 = "checkpointId"))) || ((data.step === undefined) && (missing0 = "step"))){
validate57.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema72.properties, key0))){
validate57.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate57.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate57.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate57.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate57.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate57.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate57.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
if(data2.length > 512){
validate57.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data2.length < 1){
validate57.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate57.errors = [{instancePath:instancePath+"/checkpointId",schemaPath:"#/properties/checkpointId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate57.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
validate57.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate57.errors = [{instancePath:instancePath+"/step",schemaPath:"#/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate57.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs10){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 9007199254740991 || isNaN(data4)){
validate57.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data4 < 0 || isNaN(data4)){
validate57.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate57.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data5.length < 1){
validate57.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate57.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
if(!pattern8.test(data6)){
validate57.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate57.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate57.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs16){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 9007199254740991 || isNaN(data7)){
validate57.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data7 < 0 || isNaN(data7)){
validate57.errors = [{instancePath:instancePath+"/bytes",schemaPath:"#/properties/bytes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
if(valid0){
if(data.tokensMethod !== undefined){
let data8 = data.tokensMethod;
const _errs18 = errors;
if(typeof data8 !== "string"){
validate57.errors = [{instancePath:instancePath+"/tokensMethod",schemaPath:"#/properties/tokensMethod/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data8 === "measured") || (data8 === "reported")) || (data8 === "declared")) || (data8 === "inferred")) || (data8 === "sampled"))){
validate57.errors = [{instancePath:instancePath+"/tokensMethod",schemaPath:"#/properties/tokensMethod/enum",keyword:"enum",params:{allowedValues: schema72.properties.tokensMethod.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.stage !== undefined){
let data9 = data.stage;
const _errs20 = errors;
if(errors === _errs20){
if(typeof data9 === "string"){
if(data9.length > 256){
validate57.errors = [{instancePath:instancePath+"/stage",schemaPath:"#/properties/stage/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data9.length < 1){
validate57.errors = [{instancePath:instancePath+"/stage",schemaPath:"#/properties/stage/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate57.errors = [{instancePath:instancePath+"/stage",schemaPath:"#/properties/stage/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.parents !== undefined){
let data10 = data.parents;
const _errs22 = errors;
if(errors === _errs22){
if(Array.isArray(data10)){
if(data10.length > 1000){
validate57.errors = [{instancePath:instancePath+"/parents",schemaPath:"#/properties/parents/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
let data11 = data10[i0];
const _errs24 = errors;
if(errors === _errs24){
if(typeof data11 === "string"){
if(data11.length > 512){
validate57.errors = [{instancePath:instancePath+"/parents/" + i0,schemaPath:"#/properties/parents/items/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data11.length < 1){
validate57.errors = [{instancePath:instancePath+"/parents/" + i0,schemaPath:"#/properties/parents/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate57.errors = [{instancePath:instancePath+"/parents/" + i0,schemaPath:"#/properties/parents/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs24 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate57.errors = [{instancePath:instancePath+"/parents",schemaPath:"#/properties/parents/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs22 === errors;
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
validate57.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate57.errors = vErrors;
return errors === 0;
}
validate57.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingExposureRecorded = validate58;
const schema73 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.exposure.recorded:1.0","title":"training.exposure.recorded","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"firstStep":{"type":"integer","minimum":0,"maximum":9007199254740991},"lastStep":{"type":"integer","minimum":0,"maximum":9007199254740991},"unit":{"type":"string","enum":["token","byte","share"]},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]},"tokenizer":{"type":"string","maxLength":256,"minLength":1},"amounts":{"type":"array","items":{"type":"object","properties":{"slice":{"$ref":"#/$defs/slice"},"shardId":{"type":"string","maxLength":256,"minLength":1},"amount":{"type":"number","minimum":0}},"required":["slice","amount"],"additionalProperties":false},"minItems":1,"maxItems":10000}},"required":["runId","attempt","firstStep","lastStep","unit","method","amounts"],"additionalProperties":false,"x-telemetry":true,"$defs":{"slice":{"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128}}};
const schema74 = {"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128};

function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.exposure.recorded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate58.evaluated;
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
validate58.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "runId") || (key0 === "attempt")) || (key0 === "firstStep")) || (key0 === "lastStep")) || (key0 === "unit")) || (key0 === "method")) || (key0 === "tokenizer")) || (key0 === "amounts"))){
validate58.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate58.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate58.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate58.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate58.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate58.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate58.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
validate58.errors = [{instancePath:instancePath+"/firstStep",schemaPath:"#/properties/firstStep/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs6){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 9007199254740991 || isNaN(data2)){
validate58.errors = [{instancePath:instancePath+"/firstStep",schemaPath:"#/properties/firstStep/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data2 < 0 || isNaN(data2)){
validate58.errors = [{instancePath:instancePath+"/firstStep",schemaPath:"#/properties/firstStep/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate58.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
validate58.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate58.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate58.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data4 === "token") || (data4 === "byte")) || (data4 === "share"))){
validate58.errors = [{instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/enum",keyword:"enum",params:{allowedValues: schema73.properties.unit.enum},message:"must be equal to one of the allowed values"}];
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
validate58.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data5 === "measured") || (data5 === "reported")) || (data5 === "declared")) || (data5 === "inferred")) || (data5 === "sampled"))){
validate58.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/enum",keyword:"enum",params:{allowedValues: schema73.properties.method.enum},message:"must be equal to one of the allowed values"}];
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
validate58.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate58.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate58.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate58.errors = [{instancePath:instancePath+"/amounts",schemaPath:"#/properties/amounts/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
if(data7.length < 1){
validate58.errors = [{instancePath:instancePath+"/amounts",schemaPath:"#/properties/amounts/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
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
validate58.errors = [{instancePath:instancePath+"/amounts/" + i0,schemaPath:"#/properties/amounts/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs20 = errors;
for(const key1 in data8){
if(!(((key1 === "slice") || (key1 === "shardId")) || (key1 === "amount"))){
validate58.errors = [{instancePath:instancePath+"/amounts/" + i0,schemaPath:"#/properties/amounts/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
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
validate58.errors = [{instancePath:instancePath+"/amounts/" + i0+"/slice",schemaPath:"#/$defs/slice/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern15.test(data9)){
validate58.errors = [{instancePath:instancePath+"/amounts/" + i0+"/slice",schemaPath:"#/$defs/slice/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"+"\""}];
return false;
}
}
}
else {
validate58.errors = [{instancePath:instancePath+"/amounts/" + i0+"/slice",schemaPath:"#/$defs/slice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate58.errors = [{instancePath:instancePath+"/amounts/" + i0+"/shardId",schemaPath:"#/properties/amounts/items/properties/shardId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data10.length < 1){
validate58.errors = [{instancePath:instancePath+"/amounts/" + i0+"/shardId",schemaPath:"#/properties/amounts/items/properties/shardId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate58.errors = [{instancePath:instancePath+"/amounts/" + i0+"/shardId",schemaPath:"#/properties/amounts/items/properties/shardId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate58.errors = [{instancePath:instancePath+"/amounts/" + i0+"/amount",schemaPath:"#/properties/amounts/items/properties/amount/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
else {
validate58.errors = [{instancePath:instancePath+"/amounts/" + i0+"/amount",schemaPath:"#/properties/amounts/items/properties/amount/type",keyword:"type",params:{type: "number"},message:"must be number"}];
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
validate58.errors = [{instancePath:instancePath+"/amounts/" + i0,schemaPath:"#/properties/amounts/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate58.errors = [{instancePath:instancePath+"/amounts",schemaPath:"#/properties/amounts/type",keyword:"type",params:{type: "array"},message:"must be array"}];
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
validate58.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate58.errors = vErrors;
return errors === 0;
}
validate58.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingInputDeclared = validate59;
const schema75 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.input.declared:1.0","title":"training.input.declared","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"context":{"type":"string","maxLength":256,"minLength":1},"snapshotId":{"type":"string","maxLength":512,"minLength":1},"name":{"type":"string","maxLength":512,"minLength":1},"digest":{"type":"string","maxLength":128,"minLength":1},"sourceType":{"type":"string","maxLength":512,"minLength":1},"source":{"type":"string","maxLength":65535},"schema":{"type":"string","maxLength":1048575},"profile":{"type":"string","maxLength":1048575},"tags":{"type":"object","maxProperties":1000,"additionalProperties":{"type":"string","maxLength":500}}},"required":["runId","name"],"additionalProperties":false};

function validate59(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.input.declared:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate59.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.runId === undefined) && (missing0 = "runId")) || ((data.name === undefined) && (missing0 = "name"))){
validate59.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema75.properties, key0))){
validate59.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate59.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate59.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate59.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate59.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate59.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate59.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
if(data.context !== undefined){
let data2 = data.context;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 256){
validate59.errors = [{instancePath:instancePath+"/context",schemaPath:"#/properties/context/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate59.errors = [{instancePath:instancePath+"/context",schemaPath:"#/properties/context/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate59.errors = [{instancePath:instancePath+"/context",schemaPath:"#/properties/context/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.snapshotId !== undefined){
let data3 = data.snapshotId;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 512){
validate59.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data3.length < 1){
validate59.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate59.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
let data4 = data.name;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 512){
validate59.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data4.length < 1){
validate59.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate59.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.digest !== undefined){
let data5 = data.digest;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data5 === "string"){
if(data5.length > 128){
validate59.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(data5.length < 1){
validate59.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate59.errors = [{instancePath:instancePath+"/digest",schemaPath:"#/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.sourceType !== undefined){
let data6 = data.sourceType;
const _errs14 = errors;
if(errors === _errs14){
if(typeof data6 === "string"){
if(data6.length > 512){
validate59.errors = [{instancePath:instancePath+"/sourceType",schemaPath:"#/properties/sourceType/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data6.length < 1){
validate59.errors = [{instancePath:instancePath+"/sourceType",schemaPath:"#/properties/sourceType/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate59.errors = [{instancePath:instancePath+"/sourceType",schemaPath:"#/properties/sourceType/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.source !== undefined){
let data7 = data.source;
const _errs16 = errors;
if(errors === _errs16){
if(typeof data7 === "string"){
if(data7.length > 65535){
validate59.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/maxLength",keyword:"maxLength",params:{limit: 65535},message:"must NOT have more than 65535 characters"}];
return false;
}
}
else {
validate59.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.schema !== undefined){
let data8 = data.schema;
const _errs18 = errors;
if(errors === _errs18){
if(typeof data8 === "string"){
if(data8.length > 1048575){
validate59.errors = [{instancePath:instancePath+"/schema",schemaPath:"#/properties/schema/maxLength",keyword:"maxLength",params:{limit: 1048575},message:"must NOT have more than 1048575 characters"}];
return false;
}
}
else {
validate59.errors = [{instancePath:instancePath+"/schema",schemaPath:"#/properties/schema/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.profile !== undefined){
let data9 = data.profile;
const _errs20 = errors;
if(errors === _errs20){
if(typeof data9 === "string"){
if(data9.length > 1048575){
validate59.errors = [{instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/maxLength",keyword:"maxLength",params:{limit: 1048575},message:"must NOT have more than 1048575 characters"}];
return false;
}
}
else {
validate59.errors = [{instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tags !== undefined){
let data10 = data.tags;
const _errs22 = errors;
if(errors === _errs22){
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(Object.keys(data10).length > 1000){
validate59.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
for(const key1 in data10){
let data11 = data10[key1];
const _errs25 = errors;
if(errors === _errs25){
if(typeof data11 === "string"){
if(data11.length > 500){
validate59.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters"}];
return false;
}
}
else {
validate59.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs25 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate59.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs22 === errors;
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
validate59.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate59.errors = vErrors;
return errors === 0;
}
validate59.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingMetricsRecorded = validate60;
const schema76 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.metrics.recorded:1.0","title":"training.metrics.recorded","x-stream":"run/{runId}","x-telemetry":true,"type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"keys":{"type":"array","items":{"type":"string","maxLength":512,"minLength":1},"maxItems":10000,"minItems":1},"steps":{"type":"array","items":{"type":["number","null"]},"maxItems":10000,"minItems":1},"times":{"type":"array","items":{"type":["integer","null"],"minimum":-9007199254740991,"maximum":9007199254740991},"maxItems":10000,"minItems":1},"values":{"type":"array","items":{"type":["number","null"]},"maxItems":10000,"minItems":1},"nonfinite":{"type":"array","items":{"type":"object","properties":{"index":{"type":"integer","minimum":0,"maximum":1000000},"value":{"type":"string","enum":["nan","+inf","-inf"]}},"required":["index","value"],"additionalProperties":false},"maxItems":10000},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]},"modelId":{"type":"string","maxLength":512,"minLength":1},"datasetName":{"type":"string","maxLength":512,"minLength":1},"datasetDigest":{"type":"string","maxLength":128,"minLength":1}},"required":["runId","keys","steps","times","values"],"additionalProperties":false};

function validate60(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.metrics.recorded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate60.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.runId === undefined) && (missing0 = "runId")) || ((data.keys === undefined) && (missing0 = "keys"))) || ((data.steps === undefined) && (missing0 = "steps"))) || ((data.times === undefined) && (missing0 = "times"))) || ((data.values === undefined) && (missing0 = "values"))){
validate60.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema76.properties, key0))){
validate60.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate60.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate60.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate60.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate60.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate60.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate60.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
if(data.keys !== undefined){
let data2 = data.keys;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data2)){
if(data2.length > 10000){
validate60.errors = [{instancePath:instancePath+"/keys",schemaPath:"#/properties/keys/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
if(data2.length < 1){
validate60.errors = [{instancePath:instancePath+"/keys",schemaPath:"#/properties/keys/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 512){
validate60.errors = [{instancePath:instancePath+"/keys/" + i0,schemaPath:"#/properties/keys/items/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data3.length < 1){
validate60.errors = [{instancePath:instancePath+"/keys/" + i0,schemaPath:"#/properties/keys/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate60.errors = [{instancePath:instancePath+"/keys/" + i0,schemaPath:"#/properties/keys/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate60.errors = [{instancePath:instancePath+"/keys",schemaPath:"#/properties/keys/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.steps !== undefined){
let data4 = data.steps;
const _errs10 = errors;
if(errors === _errs10){
if(Array.isArray(data4)){
if(data4.length > 10000){
validate60.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
if(data4.length < 1){
validate60.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid2 = true;
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
const _errs12 = errors;
if((!((typeof data5 == "number") && (isFinite(data5)))) && (data5 !== null)){
validate60.errors = [{instancePath:instancePath+"/steps/" + i1,schemaPath:"#/properties/steps/items/type",keyword:"type",params:{type: schema76.properties.steps.items.type},message:"must be number,null"}];
return false;
}
var valid2 = _errs12 === errors;
if(!valid2){
break;
}
}
}
}
}
else {
validate60.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.times !== undefined){
let data6 = data.times;
const _errs14 = errors;
if(errors === _errs14){
if(Array.isArray(data6)){
if(data6.length > 10000){
validate60.errors = [{instancePath:instancePath+"/times",schemaPath:"#/properties/times/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
if(data6.length < 1){
validate60.errors = [{instancePath:instancePath+"/times",schemaPath:"#/properties/times/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid3 = true;
const len2 = data6.length;
for(let i2=0; i2<len2; i2++){
let data7 = data6[i2];
const _errs16 = errors;
if((!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))) && (data7 !== null)){
validate60.errors = [{instancePath:instancePath+"/times/" + i2,schemaPath:"#/properties/times/items/type",keyword:"type",params:{type: schema76.properties.times.items.type},message:"must be integer,null"}];
return false;
}
if(errors === _errs16){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 9007199254740991 || isNaN(data7)){
validate60.errors = [{instancePath:instancePath+"/times/" + i2,schemaPath:"#/properties/times/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data7 < -9007199254740991 || isNaN(data7)){
validate60.errors = [{instancePath:instancePath+"/times/" + i2,schemaPath:"#/properties/times/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: -9007199254740991},message:"must be >= -9007199254740991"}];
return false;
}
}
}
}
var valid3 = _errs16 === errors;
if(!valid3){
break;
}
}
}
}
}
else {
validate60.errors = [{instancePath:instancePath+"/times",schemaPath:"#/properties/times/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.values !== undefined){
let data8 = data.values;
const _errs18 = errors;
if(errors === _errs18){
if(Array.isArray(data8)){
if(data8.length > 10000){
validate60.errors = [{instancePath:instancePath+"/values",schemaPath:"#/properties/values/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
if(data8.length < 1){
validate60.errors = [{instancePath:instancePath+"/values",schemaPath:"#/properties/values/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid4 = true;
const len3 = data8.length;
for(let i3=0; i3<len3; i3++){
let data9 = data8[i3];
const _errs20 = errors;
if((!((typeof data9 == "number") && (isFinite(data9)))) && (data9 !== null)){
validate60.errors = [{instancePath:instancePath+"/values/" + i3,schemaPath:"#/properties/values/items/type",keyword:"type",params:{type: schema76.properties.values.items.type},message:"must be number,null"}];
return false;
}
var valid4 = _errs20 === errors;
if(!valid4){
break;
}
}
}
}
}
else {
validate60.errors = [{instancePath:instancePath+"/values",schemaPath:"#/properties/values/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs18 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.nonfinite !== undefined){
let data10 = data.nonfinite;
const _errs22 = errors;
if(errors === _errs22){
if(Array.isArray(data10)){
if(data10.length > 10000){
validate60.errors = [{instancePath:instancePath+"/nonfinite",schemaPath:"#/properties/nonfinite/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
var valid5 = true;
const len4 = data10.length;
for(let i4=0; i4<len4; i4++){
let data11 = data10[i4];
const _errs24 = errors;
if(errors === _errs24){
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
let missing1;
if(((data11.index === undefined) && (missing1 = "index")) || ((data11.value === undefined) && (missing1 = "value"))){
validate60.errors = [{instancePath:instancePath+"/nonfinite/" + i4,schemaPath:"#/properties/nonfinite/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs26 = errors;
for(const key1 in data11){
if(!((key1 === "index") || (key1 === "value"))){
validate60.errors = [{instancePath:instancePath+"/nonfinite/" + i4,schemaPath:"#/properties/nonfinite/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs26 === errors){
if(data11.index !== undefined){
let data12 = data11.index;
const _errs27 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate60.errors = [{instancePath:instancePath+"/nonfinite/" + i4+"/index",schemaPath:"#/properties/nonfinite/items/properties/index/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs27){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 1000000 || isNaN(data12)){
validate60.errors = [{instancePath:instancePath+"/nonfinite/" + i4+"/index",schemaPath:"#/properties/nonfinite/items/properties/index/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data12 < 0 || isNaN(data12)){
validate60.errors = [{instancePath:instancePath+"/nonfinite/" + i4+"/index",schemaPath:"#/properties/nonfinite/items/properties/index/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid6 = _errs27 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data11.value !== undefined){
let data13 = data11.value;
const _errs29 = errors;
if(typeof data13 !== "string"){
validate60.errors = [{instancePath:instancePath+"/nonfinite/" + i4+"/value",schemaPath:"#/properties/nonfinite/items/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data13 === "nan") || (data13 === "+inf")) || (data13 === "-inf"))){
validate60.errors = [{instancePath:instancePath+"/nonfinite/" + i4+"/value",schemaPath:"#/properties/nonfinite/items/properties/value/enum",keyword:"enum",params:{allowedValues: schema76.properties.nonfinite.items.properties.value.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid6 = _errs29 === errors;
}
else {
var valid6 = true;
}
}
}
}
}
else {
validate60.errors = [{instancePath:instancePath+"/nonfinite/" + i4,schemaPath:"#/properties/nonfinite/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid5 = _errs24 === errors;
if(!valid5){
break;
}
}
}
}
else {
validate60.errors = [{instancePath:instancePath+"/nonfinite",schemaPath:"#/properties/nonfinite/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs22 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.method !== undefined){
let data14 = data.method;
const _errs31 = errors;
if(typeof data14 !== "string"){
validate60.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data14 === "measured") || (data14 === "reported")) || (data14 === "declared")) || (data14 === "inferred")) || (data14 === "sampled"))){
validate60.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/enum",keyword:"enum",params:{allowedValues: schema76.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs31 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.modelId !== undefined){
let data15 = data.modelId;
const _errs33 = errors;
if(errors === _errs33){
if(typeof data15 === "string"){
if(data15.length > 512){
validate60.errors = [{instancePath:instancePath+"/modelId",schemaPath:"#/properties/modelId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data15.length < 1){
validate60.errors = [{instancePath:instancePath+"/modelId",schemaPath:"#/properties/modelId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate60.errors = [{instancePath:instancePath+"/modelId",schemaPath:"#/properties/modelId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs33 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.datasetName !== undefined){
let data16 = data.datasetName;
const _errs35 = errors;
if(errors === _errs35){
if(typeof data16 === "string"){
if(data16.length > 512){
validate60.errors = [{instancePath:instancePath+"/datasetName",schemaPath:"#/properties/datasetName/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data16.length < 1){
validate60.errors = [{instancePath:instancePath+"/datasetName",schemaPath:"#/properties/datasetName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate60.errors = [{instancePath:instancePath+"/datasetName",schemaPath:"#/properties/datasetName/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs35 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.datasetDigest !== undefined){
let data17 = data.datasetDigest;
const _errs37 = errors;
if(errors === _errs37){
if(typeof data17 === "string"){
if(data17.length > 128){
validate60.errors = [{instancePath:instancePath+"/datasetDigest",schemaPath:"#/properties/datasetDigest/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(data17.length < 1){
validate60.errors = [{instancePath:instancePath+"/datasetDigest",schemaPath:"#/properties/datasetDigest/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate60.errors = [{instancePath:instancePath+"/datasetDigest",schemaPath:"#/properties/datasetDigest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs37 === errors;
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
validate60.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate60.errors = vErrors;
return errors === 0;
}
validate60.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingModelAnnotated = validate61;
const schema77 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.model.annotated:1.0","title":"training.model.annotated","x-stream":"model/{modelId}","type":"object","properties":{"modelId":{"type":"string","maxLength":512,"minLength":1},"projectId":{"type":"string","maxLength":256,"minLength":1},"runId":{"type":"string","maxLength":256,"minLength":1},"name":{"type":"string","maxLength":512,"minLength":1},"modelType":{"type":"string","maxLength":512,"minLength":1},"status":{"type":"string","enum":["pending","ready","failed"]},"tags":{"type":"object","maxProperties":1000,"additionalProperties":{"type":"string","maxLength":8000}},"removedTags":{"type":"array","items":{"type":"string","maxLength":256,"minLength":1},"maxItems":1000},"params":{"type":"object","maxProperties":1000,"additionalProperties":{"type":"string","maxLength":6000}},"retired":{"type":"boolean"}},"required":["modelId"],"additionalProperties":false};

function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.model.annotated:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate61.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.modelId === undefined) && (missing0 = "modelId")){
validate61.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema77.properties, key0))){
validate61.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.modelId !== undefined){
let data0 = data.modelId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 512){
validate61.errors = [{instancePath:instancePath+"/modelId",schemaPath:"#/properties/modelId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data0.length < 1){
validate61.errors = [{instancePath:instancePath+"/modelId",schemaPath:"#/properties/modelId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate61.errors = [{instancePath:instancePath+"/modelId",schemaPath:"#/properties/modelId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.projectId !== undefined){
let data1 = data.projectId;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 256){
validate61.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate61.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate61.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.runId !== undefined){
let data2 = data.runId;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 256){
validate61.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate61.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate61.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
let data3 = data.name;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 512){
validate61.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data3.length < 1){
validate61.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate61.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.modelType !== undefined){
let data4 = data.modelType;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 512){
validate61.errors = [{instancePath:instancePath+"/modelType",schemaPath:"#/properties/modelType/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data4.length < 1){
validate61.errors = [{instancePath:instancePath+"/modelType",schemaPath:"#/properties/modelType/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate61.errors = [{instancePath:instancePath+"/modelType",schemaPath:"#/properties/modelType/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.status !== undefined){
let data5 = data.status;
const _errs12 = errors;
if(typeof data5 !== "string"){
validate61.errors = [{instancePath:instancePath+"/status",schemaPath:"#/properties/status/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data5 === "pending") || (data5 === "ready")) || (data5 === "failed"))){
validate61.errors = [{instancePath:instancePath+"/status",schemaPath:"#/properties/status/enum",keyword:"enum",params:{allowedValues: schema77.properties.status.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tags !== undefined){
let data6 = data.tags;
const _errs14 = errors;
if(errors === _errs14){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(Object.keys(data6).length > 1000){
validate61.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
for(const key1 in data6){
let data7 = data6[key1];
const _errs17 = errors;
if(errors === _errs17){
if(typeof data7 === "string"){
if(data7.length > 8000){
validate61.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 8000},message:"must NOT have more than 8000 characters"}];
return false;
}
}
else {
validate61.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs17 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate61.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.removedTags !== undefined){
let data8 = data.removedTags;
const _errs19 = errors;
if(errors === _errs19){
if(Array.isArray(data8)){
if(data8.length > 1000){
validate61.errors = [{instancePath:instancePath+"/removedTags",schemaPath:"#/properties/removedTags/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
var valid2 = true;
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
const _errs21 = errors;
if(errors === _errs21){
if(typeof data9 === "string"){
if(data9.length > 256){
validate61.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data9.length < 1){
validate61.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate61.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
else {
validate61.errors = [{instancePath:instancePath+"/removedTags",schemaPath:"#/properties/removedTags/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.params !== undefined){
let data10 = data.params;
const _errs23 = errors;
if(errors === _errs23){
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(Object.keys(data10).length > 1000){
validate61.errors = [{instancePath:instancePath+"/params",schemaPath:"#/properties/params/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
for(const key2 in data10){
let data11 = data10[key2];
const _errs26 = errors;
if(errors === _errs26){
if(typeof data11 === "string"){
if(data11.length > 6000){
validate61.errors = [{instancePath:instancePath+"/params/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/params/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 6000},message:"must NOT have more than 6000 characters"}];
return false;
}
}
else {
validate61.errors = [{instancePath:instancePath+"/params/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/params/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs26 === errors;
if(!valid3){
break;
}
}
}
}
else {
validate61.errors = [{instancePath:instancePath+"/params",schemaPath:"#/properties/params/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs23 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.retired !== undefined){
const _errs28 = errors;
if(typeof data.retired !== "boolean"){
validate61.errors = [{instancePath:instancePath+"/retired",schemaPath:"#/properties/retired/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs28 === errors;
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
else {
validate61.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate61.errors = vErrors;
return errors === 0;
}
validate61.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingOrderRecorded = validate62;
const schema78 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.order.recorded:1.0","title":"training.order.recorded","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"firstStep":{"type":"integer","minimum":0,"maximum":9007199254740991},"lastStep":{"type":"integer","minimum":0,"maximum":9007199254740991},"method":{"type":"string","enum":["measured","reported","declared","inferred","sampled"]},"order":{"type":"object","properties":{"megatronIndex":{"type":"object","properties":{"sequenceLength":{"type":"integer","minimum":1,"maximum":1000000000},"firstSample":{"type":"integer","minimum":0,"maximum":9007199254740991},"batches":{"type":"array","items":{"type":"object","properties":{"fromStep":{"type":"integer","minimum":0,"maximum":9007199254740991},"samples":{"type":"integer","minimum":1,"maximum":1000000000}},"required":["fromStep","samples"],"additionalProperties":false},"minItems":1,"maxItems":10000},"blend":{"type":"object","properties":{"dataset":{"type":"string","pattern":"^[0-9a-f]{64}$"},"datasetSample":{"type":"string","pattern":"^[0-9a-f]{64}$"}},"required":["dataset","datasetSample"],"additionalProperties":false},"corpora":{"type":"array","items":{"type":"object","properties":{"path":{"type":"string","maxLength":2048,"minLength":1},"slice":{"$ref":"#/$defs/slice"},"shardId":{"type":"string","maxLength":256,"minLength":1},"document":{"type":"string","pattern":"^[0-9a-f]{64}$"},"sample":{"type":"string","pattern":"^[0-9a-f]{64}$"},"shuffle":{"type":"string","pattern":"^[0-9a-f]{64}$"},"index":{"type":"string","pattern":"^[0-9a-f]{64}$"},"rows":{"type":"string","pattern":"^[0-9a-f]{64}$"}},"required":["path","document","sample","shuffle"],"additionalProperties":false},"minItems":1,"maxItems":10000}},"required":["sequenceLength","firstSample","batches","corpora"],"additionalProperties":false},"ranges":{"type":"object","properties":{"of":{"type":"string","enum":["document","sequence","token"]},"steps":{"type":"array","items":{"type":"array","maxItems":10000,"items":{"type":"object","properties":{"shardId":{"type":"string","maxLength":256,"minLength":1},"from":{"type":"integer","minimum":0,"maximum":9007199254740991},"count":{"type":"integer","minimum":1,"maximum":9007199254740991}},"required":["shardId","from","count"],"additionalProperties":false}},"minItems":1,"maxItems":100000}},"required":["of","steps"],"additionalProperties":false},"ids":{"type":"object","properties":{"of":{"type":"string","enum":["document","sequence"]},"sha256":{"type":"string","pattern":"^[0-9a-f]{64}$"},"perStep":{"type":"array","items":{"type":"integer","minimum":0,"maximum":9007199254740991},"minItems":1,"maxItems":100000},"manifest":{"type":"string","pattern":"^[0-9a-f]{64}$"}},"required":["of","sha256","perStep"],"additionalProperties":false},"sampler":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"version":{"type":"string","maxLength":256,"minLength":1},"seed":{"type":"integer","minimum":0,"maximum":9007199254740991},"epoch":{"type":"integer","minimum":0,"maximum":9007199254740991},"startIndex":{"type":"integer","minimum":0,"maximum":9007199254740991},"count":{"type":"integer","minimum":1,"maximum":9007199254740991},"manifest":{"type":"string","pattern":"^[0-9a-f]{64}$"}},"required":["name","seed","epoch","startIndex","count"],"additionalProperties":false},"digest":{"type":"object","properties":{"of":{"type":"string","enum":["document","sequence"]},"steps":{"type":"array","items":{"type":"string","pattern":"^[0-9a-f]{64}$"},"minItems":1,"maxItems":100000}},"required":["of","steps"],"additionalProperties":false}},"additionalProperties":false}},"required":["runId","attempt","firstStep","lastStep","method","order"],"additionalProperties":false,"$defs":{"slice":{"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128}}};
const schema79 = {"type":"string","pattern":"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$","maxLength":128};

function validate62(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.order.recorded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate62.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((data.runId === undefined) && (missing0 = "runId")) || ((data.attempt === undefined) && (missing0 = "attempt"))) || ((data.firstStep === undefined) && (missing0 = "firstStep"))) || ((data.lastStep === undefined) && (missing0 = "lastStep"))) || ((data.method === undefined) && (missing0 = "method"))) || ((data.order === undefined) && (missing0 = "order"))){
validate62.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "runId") || (key0 === "attempt")) || (key0 === "firstStep")) || (key0 === "lastStep")) || (key0 === "method")) || (key0 === "order"))){
validate62.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate62.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate62.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate62.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate62.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate62.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
validate62.errors = [{instancePath:instancePath+"/firstStep",schemaPath:"#/properties/firstStep/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs6){
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 9007199254740991 || isNaN(data2)){
validate62.errors = [{instancePath:instancePath+"/firstStep",schemaPath:"#/properties/firstStep/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data2 < 0 || isNaN(data2)){
validate62.errors = [{instancePath:instancePath+"/firstStep",schemaPath:"#/properties/firstStep/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate62.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
validate62.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate62.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
if(data.method !== undefined){
let data4 = data.method;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate62.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((((data4 === "measured") || (data4 === "reported")) || (data4 === "declared")) || (data4 === "inferred")) || (data4 === "sampled"))){
validate62.errors = [{instancePath:instancePath+"/method",schemaPath:"#/properties/method/enum",keyword:"enum",params:{allowedValues: schema78.properties.method.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.order !== undefined){
let data5 = data.order;
const _errs12 = errors;
if(errors === _errs12){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
const _errs14 = errors;
for(const key1 in data5){
if(!(((((key1 === "megatronIndex") || (key1 === "ranges")) || (key1 === "ids")) || (key1 === "sampler")) || (key1 === "digest"))){
validate62.errors = [{instancePath:instancePath+"/order",schemaPath:"#/properties/order/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs14 === errors){
if(data5.megatronIndex !== undefined){
let data6 = data5.megatronIndex;
const _errs15 = errors;
if(errors === _errs15){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing1;
if(((((data6.sequenceLength === undefined) && (missing1 = "sequenceLength")) || ((data6.firstSample === undefined) && (missing1 = "firstSample"))) || ((data6.batches === undefined) && (missing1 = "batches"))) || ((data6.corpora === undefined) && (missing1 = "corpora"))){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex",schemaPath:"#/properties/order/properties/megatronIndex/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs17 = errors;
for(const key2 in data6){
if(!(((((key2 === "sequenceLength") || (key2 === "firstSample")) || (key2 === "batches")) || (key2 === "blend")) || (key2 === "corpora"))){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex",schemaPath:"#/properties/order/properties/megatronIndex/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs17 === errors){
if(data6.sequenceLength !== undefined){
let data7 = data6.sequenceLength;
const _errs18 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/sequenceLength",schemaPath:"#/properties/order/properties/megatronIndex/properties/sequenceLength/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs18){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 1000000000 || isNaN(data7)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/sequenceLength",schemaPath:"#/properties/order/properties/megatronIndex/properties/sequenceLength/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000"}];
return false;
}
else {
if(data7 < 1 || isNaN(data7)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/sequenceLength",schemaPath:"#/properties/order/properties/megatronIndex/properties/sequenceLength/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid2 = _errs18 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data6.firstSample !== undefined){
let data8 = data6.firstSample;
const _errs20 = errors;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/firstSample",schemaPath:"#/properties/order/properties/megatronIndex/properties/firstSample/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs20){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 > 9007199254740991 || isNaN(data8)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/firstSample",schemaPath:"#/properties/order/properties/megatronIndex/properties/firstSample/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data8 < 0 || isNaN(data8)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/firstSample",schemaPath:"#/properties/order/properties/megatronIndex/properties/firstSample/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid2 = _errs20 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data6.batches !== undefined){
let data9 = data6.batches;
const _errs22 = errors;
if(errors === _errs22){
if(Array.isArray(data9)){
if(data9.length > 10000){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/batches",schemaPath:"#/properties/order/properties/megatronIndex/properties/batches/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
if(data9.length < 1){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/batches",schemaPath:"#/properties/order/properties/megatronIndex/properties/batches/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid3 = true;
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
const _errs24 = errors;
if(errors === _errs24){
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
let missing2;
if(((data10.fromStep === undefined) && (missing2 = "fromStep")) || ((data10.samples === undefined) && (missing2 = "samples"))){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/batches/" + i0,schemaPath:"#/properties/order/properties/megatronIndex/properties/batches/items/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs26 = errors;
for(const key3 in data10){
if(!((key3 === "fromStep") || (key3 === "samples"))){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/batches/" + i0,schemaPath:"#/properties/order/properties/megatronIndex/properties/batches/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs26 === errors){
if(data10.fromStep !== undefined){
let data11 = data10.fromStep;
const _errs27 = errors;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/batches/" + i0+"/fromStep",schemaPath:"#/properties/order/properties/megatronIndex/properties/batches/items/properties/fromStep/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs27){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 9007199254740991 || isNaN(data11)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/batches/" + i0+"/fromStep",schemaPath:"#/properties/order/properties/megatronIndex/properties/batches/items/properties/fromStep/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data11 < 0 || isNaN(data11)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/batches/" + i0+"/fromStep",schemaPath:"#/properties/order/properties/megatronIndex/properties/batches/items/properties/fromStep/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid4 = _errs27 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data10.samples !== undefined){
let data12 = data10.samples;
const _errs29 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/batches/" + i0+"/samples",schemaPath:"#/properties/order/properties/megatronIndex/properties/batches/items/properties/samples/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs29){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 1000000000 || isNaN(data12)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/batches/" + i0+"/samples",schemaPath:"#/properties/order/properties/megatronIndex/properties/batches/items/properties/samples/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000"}];
return false;
}
else {
if(data12 < 1 || isNaN(data12)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/batches/" + i0+"/samples",schemaPath:"#/properties/order/properties/megatronIndex/properties/batches/items/properties/samples/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid4 = _errs29 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/batches/" + i0,schemaPath:"#/properties/order/properties/megatronIndex/properties/batches/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid3 = _errs24 === errors;
if(!valid3){
break;
}
}
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/batches",schemaPath:"#/properties/order/properties/megatronIndex/properties/batches/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid2 = _errs22 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data6.blend !== undefined){
let data13 = data6.blend;
const _errs31 = errors;
if(errors === _errs31){
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
let missing3;
if(((data13.dataset === undefined) && (missing3 = "dataset")) || ((data13.datasetSample === undefined) && (missing3 = "datasetSample"))){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/blend",schemaPath:"#/properties/order/properties/megatronIndex/properties/blend/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
const _errs33 = errors;
for(const key4 in data13){
if(!((key4 === "dataset") || (key4 === "datasetSample"))){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/blend",schemaPath:"#/properties/order/properties/megatronIndex/properties/blend/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs33 === errors){
if(data13.dataset !== undefined){
let data14 = data13.dataset;
const _errs34 = errors;
if(errors === _errs34){
if(typeof data14 === "string"){
if(!pattern8.test(data14)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/blend/dataset",schemaPath:"#/properties/order/properties/megatronIndex/properties/blend/properties/dataset/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/blend/dataset",schemaPath:"#/properties/order/properties/megatronIndex/properties/blend/properties/dataset/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs34 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data13.datasetSample !== undefined){
let data15 = data13.datasetSample;
const _errs36 = errors;
if(errors === _errs36){
if(typeof data15 === "string"){
if(!pattern8.test(data15)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/blend/datasetSample",schemaPath:"#/properties/order/properties/megatronIndex/properties/blend/properties/datasetSample/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/blend/datasetSample",schemaPath:"#/properties/order/properties/megatronIndex/properties/blend/properties/datasetSample/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs36 === errors;
}
else {
var valid5 = true;
}
}
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/blend",schemaPath:"#/properties/order/properties/megatronIndex/properties/blend/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid2 = _errs31 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data6.corpora !== undefined){
let data16 = data6.corpora;
const _errs38 = errors;
if(errors === _errs38){
if(Array.isArray(data16)){
if(data16.length > 10000){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
if(data16.length < 1){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid6 = true;
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
let data17 = data16[i1];
const _errs40 = errors;
if(errors === _errs40){
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
let missing4;
if(((((data17.path === undefined) && (missing4 = "path")) || ((data17.document === undefined) && (missing4 = "document"))) || ((data17.sample === undefined) && (missing4 = "sample"))) || ((data17.shuffle === undefined) && (missing4 = "shuffle"))){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1,schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/required",keyword:"required",params:{missingProperty: missing4},message:"must have required property '"+missing4+"'"}];
return false;
}
else {
const _errs42 = errors;
for(const key5 in data17){
if(!((((((((key5 === "path") || (key5 === "slice")) || (key5 === "shardId")) || (key5 === "document")) || (key5 === "sample")) || (key5 === "shuffle")) || (key5 === "index")) || (key5 === "rows"))){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1,schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs42 === errors){
if(data17.path !== undefined){
let data18 = data17.path;
const _errs43 = errors;
if(errors === _errs43){
if(typeof data18 === "string"){
if(data18.length > 2048){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/path",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/path/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data18.length < 1){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/path",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/path",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs43 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data17.slice !== undefined){
let data19 = data17.slice;
const _errs45 = errors;
const _errs46 = errors;
if(errors === _errs46){
if(typeof data19 === "string"){
if(data19.length > 128){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/slice",schemaPath:"#/$defs/slice/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"}];
return false;
}
else {
if(!pattern15.test(data19)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/slice",schemaPath:"#/$defs/slice/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*$"+"\""}];
return false;
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/slice",schemaPath:"#/$defs/slice/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs45 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data17.shardId !== undefined){
let data20 = data17.shardId;
const _errs48 = errors;
if(errors === _errs48){
if(typeof data20 === "string"){
if(data20.length > 256){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/shardId",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/shardId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data20.length < 1){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/shardId",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/shardId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/shardId",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/shardId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs48 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data17.document !== undefined){
let data21 = data17.document;
const _errs50 = errors;
if(errors === _errs50){
if(typeof data21 === "string"){
if(!pattern8.test(data21)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/document",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/document/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/document",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/document/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs50 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data17.sample !== undefined){
let data22 = data17.sample;
const _errs52 = errors;
if(errors === _errs52){
if(typeof data22 === "string"){
if(!pattern8.test(data22)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/sample",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/sample/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/sample",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/sample/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs52 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data17.shuffle !== undefined){
let data23 = data17.shuffle;
const _errs54 = errors;
if(errors === _errs54){
if(typeof data23 === "string"){
if(!pattern8.test(data23)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/shuffle",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/shuffle/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/shuffle",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/shuffle/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs54 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data17.index !== undefined){
let data24 = data17.index;
const _errs56 = errors;
if(errors === _errs56){
if(typeof data24 === "string"){
if(!pattern8.test(data24)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/index",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/index/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/index",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/index/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs56 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data17.rows !== undefined){
let data25 = data17.rows;
const _errs58 = errors;
if(errors === _errs58){
if(typeof data25 === "string"){
if(!pattern8.test(data25)){
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/rows",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/rows/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1+"/rows",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/properties/rows/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid7 = _errs58 === errors;
}
else {
var valid7 = true;
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
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora/" + i1,schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid6 = _errs40 === errors;
if(!valid6){
break;
}
}
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex/corpora",schemaPath:"#/properties/order/properties/megatronIndex/properties/corpora/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid2 = _errs38 === errors;
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
}
else {
validate62.errors = [{instancePath:instancePath+"/order/megatronIndex",schemaPath:"#/properties/order/properties/megatronIndex/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs15 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data5.ranges !== undefined){
let data26 = data5.ranges;
const _errs60 = errors;
if(errors === _errs60){
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
let missing5;
if(((data26.of === undefined) && (missing5 = "of")) || ((data26.steps === undefined) && (missing5 = "steps"))){
validate62.errors = [{instancePath:instancePath+"/order/ranges",schemaPath:"#/properties/order/properties/ranges/required",keyword:"required",params:{missingProperty: missing5},message:"must have required property '"+missing5+"'"}];
return false;
}
else {
const _errs62 = errors;
for(const key6 in data26){
if(!((key6 === "of") || (key6 === "steps"))){
validate62.errors = [{instancePath:instancePath+"/order/ranges",schemaPath:"#/properties/order/properties/ranges/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs62 === errors){
if(data26.of !== undefined){
let data27 = data26.of;
const _errs63 = errors;
if(typeof data27 !== "string"){
validate62.errors = [{instancePath:instancePath+"/order/ranges/of",schemaPath:"#/properties/order/properties/ranges/properties/of/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data27 === "document") || (data27 === "sequence")) || (data27 === "token"))){
validate62.errors = [{instancePath:instancePath+"/order/ranges/of",schemaPath:"#/properties/order/properties/ranges/properties/of/enum",keyword:"enum",params:{allowedValues: schema78.properties.order.properties.ranges.properties.of.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid9 = _errs63 === errors;
}
else {
var valid9 = true;
}
if(valid9){
if(data26.steps !== undefined){
let data28 = data26.steps;
const _errs65 = errors;
if(errors === _errs65){
if(Array.isArray(data28)){
if(data28.length > 100000){
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps",schemaPath:"#/properties/order/properties/ranges/properties/steps/maxItems",keyword:"maxItems",params:{limit: 100000},message:"must NOT have more than 100000 items"}];
return false;
}
else {
if(data28.length < 1){
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps",schemaPath:"#/properties/order/properties/ranges/properties/steps/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid10 = true;
const len2 = data28.length;
for(let i2=0; i2<len2; i2++){
let data29 = data28[i2];
const _errs67 = errors;
if(errors === _errs67){
if(Array.isArray(data29)){
if(data29.length > 10000){
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2,schemaPath:"#/properties/order/properties/ranges/properties/steps/items/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
var valid11 = true;
const len3 = data29.length;
for(let i3=0; i3<len3; i3++){
let data30 = data29[i3];
const _errs69 = errors;
if(errors === _errs69){
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
let missing6;
if((((data30.shardId === undefined) && (missing6 = "shardId")) || ((data30.from === undefined) && (missing6 = "from"))) || ((data30.count === undefined) && (missing6 = "count"))){
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2+"/" + i3,schemaPath:"#/properties/order/properties/ranges/properties/steps/items/items/required",keyword:"required",params:{missingProperty: missing6},message:"must have required property '"+missing6+"'"}];
return false;
}
else {
const _errs71 = errors;
for(const key7 in data30){
if(!(((key7 === "shardId") || (key7 === "from")) || (key7 === "count"))){
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2+"/" + i3,schemaPath:"#/properties/order/properties/ranges/properties/steps/items/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs71 === errors){
if(data30.shardId !== undefined){
let data31 = data30.shardId;
const _errs72 = errors;
if(errors === _errs72){
if(typeof data31 === "string"){
if(data31.length > 256){
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2+"/" + i3+"/shardId",schemaPath:"#/properties/order/properties/ranges/properties/steps/items/items/properties/shardId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data31.length < 1){
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2+"/" + i3+"/shardId",schemaPath:"#/properties/order/properties/ranges/properties/steps/items/items/properties/shardId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2+"/" + i3+"/shardId",schemaPath:"#/properties/order/properties/ranges/properties/steps/items/items/properties/shardId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid12 = _errs72 === errors;
}
else {
var valid12 = true;
}
if(valid12){
if(data30.from !== undefined){
let data32 = data30.from;
const _errs74 = errors;
if(!(((typeof data32 == "number") && (!(data32 % 1) && !isNaN(data32))) && (isFinite(data32)))){
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2+"/" + i3+"/from",schemaPath:"#/properties/order/properties/ranges/properties/steps/items/items/properties/from/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs74){
if((typeof data32 == "number") && (isFinite(data32))){
if(data32 > 9007199254740991 || isNaN(data32)){
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2+"/" + i3+"/from",schemaPath:"#/properties/order/properties/ranges/properties/steps/items/items/properties/from/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data32 < 0 || isNaN(data32)){
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2+"/" + i3+"/from",schemaPath:"#/properties/order/properties/ranges/properties/steps/items/items/properties/from/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid12 = _errs74 === errors;
}
else {
var valid12 = true;
}
if(valid12){
if(data30.count !== undefined){
let data33 = data30.count;
const _errs76 = errors;
if(!(((typeof data33 == "number") && (!(data33 % 1) && !isNaN(data33))) && (isFinite(data33)))){
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2+"/" + i3+"/count",schemaPath:"#/properties/order/properties/ranges/properties/steps/items/items/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs76){
if((typeof data33 == "number") && (isFinite(data33))){
if(data33 > 9007199254740991 || isNaN(data33)){
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2+"/" + i3+"/count",schemaPath:"#/properties/order/properties/ranges/properties/steps/items/items/properties/count/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data33 < 1 || isNaN(data33)){
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2+"/" + i3+"/count",schemaPath:"#/properties/order/properties/ranges/properties/steps/items/items/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid12 = _errs76 === errors;
}
else {
var valid12 = true;
}
}
}
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2+"/" + i3,schemaPath:"#/properties/order/properties/ranges/properties/steps/items/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid11 = _errs69 === errors;
if(!valid11){
break;
}
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps/" + i2,schemaPath:"#/properties/order/properties/ranges/properties/steps/items/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid10 = _errs67 === errors;
if(!valid10){
break;
}
}
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/ranges/steps",schemaPath:"#/properties/order/properties/ranges/properties/steps/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid9 = _errs65 === errors;
}
else {
var valid9 = true;
}
}
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/ranges",schemaPath:"#/properties/order/properties/ranges/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs60 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data5.ids !== undefined){
let data34 = data5.ids;
const _errs78 = errors;
if(errors === _errs78){
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
let missing7;
if((((data34.of === undefined) && (missing7 = "of")) || ((data34.sha256 === undefined) && (missing7 = "sha256"))) || ((data34.perStep === undefined) && (missing7 = "perStep"))){
validate62.errors = [{instancePath:instancePath+"/order/ids",schemaPath:"#/properties/order/properties/ids/required",keyword:"required",params:{missingProperty: missing7},message:"must have required property '"+missing7+"'"}];
return false;
}
else {
const _errs80 = errors;
for(const key8 in data34){
if(!((((key8 === "of") || (key8 === "sha256")) || (key8 === "perStep")) || (key8 === "manifest"))){
validate62.errors = [{instancePath:instancePath+"/order/ids",schemaPath:"#/properties/order/properties/ids/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs80 === errors){
if(data34.of !== undefined){
let data35 = data34.of;
const _errs81 = errors;
if(typeof data35 !== "string"){
validate62.errors = [{instancePath:instancePath+"/order/ids/of",schemaPath:"#/properties/order/properties/ids/properties/of/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data35 === "document") || (data35 === "sequence"))){
validate62.errors = [{instancePath:instancePath+"/order/ids/of",schemaPath:"#/properties/order/properties/ids/properties/of/enum",keyword:"enum",params:{allowedValues: schema78.properties.order.properties.ids.properties.of.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid13 = _errs81 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data34.sha256 !== undefined){
let data36 = data34.sha256;
const _errs83 = errors;
if(errors === _errs83){
if(typeof data36 === "string"){
if(!pattern8.test(data36)){
validate62.errors = [{instancePath:instancePath+"/order/ids/sha256",schemaPath:"#/properties/order/properties/ids/properties/sha256/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/ids/sha256",schemaPath:"#/properties/order/properties/ids/properties/sha256/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid13 = _errs83 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data34.perStep !== undefined){
let data37 = data34.perStep;
const _errs85 = errors;
if(errors === _errs85){
if(Array.isArray(data37)){
if(data37.length > 100000){
validate62.errors = [{instancePath:instancePath+"/order/ids/perStep",schemaPath:"#/properties/order/properties/ids/properties/perStep/maxItems",keyword:"maxItems",params:{limit: 100000},message:"must NOT have more than 100000 items"}];
return false;
}
else {
if(data37.length < 1){
validate62.errors = [{instancePath:instancePath+"/order/ids/perStep",schemaPath:"#/properties/order/properties/ids/properties/perStep/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid14 = true;
const len4 = data37.length;
for(let i4=0; i4<len4; i4++){
let data38 = data37[i4];
const _errs87 = errors;
if(!(((typeof data38 == "number") && (!(data38 % 1) && !isNaN(data38))) && (isFinite(data38)))){
validate62.errors = [{instancePath:instancePath+"/order/ids/perStep/" + i4,schemaPath:"#/properties/order/properties/ids/properties/perStep/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs87){
if((typeof data38 == "number") && (isFinite(data38))){
if(data38 > 9007199254740991 || isNaN(data38)){
validate62.errors = [{instancePath:instancePath+"/order/ids/perStep/" + i4,schemaPath:"#/properties/order/properties/ids/properties/perStep/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data38 < 0 || isNaN(data38)){
validate62.errors = [{instancePath:instancePath+"/order/ids/perStep/" + i4,schemaPath:"#/properties/order/properties/ids/properties/perStep/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid14 = _errs87 === errors;
if(!valid14){
break;
}
}
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/ids/perStep",schemaPath:"#/properties/order/properties/ids/properties/perStep/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid13 = _errs85 === errors;
}
else {
var valid13 = true;
}
if(valid13){
if(data34.manifest !== undefined){
let data39 = data34.manifest;
const _errs89 = errors;
if(errors === _errs89){
if(typeof data39 === "string"){
if(!pattern8.test(data39)){
validate62.errors = [{instancePath:instancePath+"/order/ids/manifest",schemaPath:"#/properties/order/properties/ids/properties/manifest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/ids/manifest",schemaPath:"#/properties/order/properties/ids/properties/manifest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid13 = _errs89 === errors;
}
else {
var valid13 = true;
}
}
}
}
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/ids",schemaPath:"#/properties/order/properties/ids/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs78 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data5.sampler !== undefined){
let data40 = data5.sampler;
const _errs91 = errors;
if(errors === _errs91){
if(data40 && typeof data40 == "object" && !Array.isArray(data40)){
let missing8;
if((((((data40.name === undefined) && (missing8 = "name")) || ((data40.seed === undefined) && (missing8 = "seed"))) || ((data40.epoch === undefined) && (missing8 = "epoch"))) || ((data40.startIndex === undefined) && (missing8 = "startIndex"))) || ((data40.count === undefined) && (missing8 = "count"))){
validate62.errors = [{instancePath:instancePath+"/order/sampler",schemaPath:"#/properties/order/properties/sampler/required",keyword:"required",params:{missingProperty: missing8},message:"must have required property '"+missing8+"'"}];
return false;
}
else {
const _errs93 = errors;
for(const key9 in data40){
if(!(((((((key9 === "name") || (key9 === "version")) || (key9 === "seed")) || (key9 === "epoch")) || (key9 === "startIndex")) || (key9 === "count")) || (key9 === "manifest"))){
validate62.errors = [{instancePath:instancePath+"/order/sampler",schemaPath:"#/properties/order/properties/sampler/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs93 === errors){
if(data40.name !== undefined){
let data41 = data40.name;
const _errs94 = errors;
if(errors === _errs94){
if(typeof data41 === "string"){
if(data41.length > 256){
validate62.errors = [{instancePath:instancePath+"/order/sampler/name",schemaPath:"#/properties/order/properties/sampler/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data41.length < 1){
validate62.errors = [{instancePath:instancePath+"/order/sampler/name",schemaPath:"#/properties/order/properties/sampler/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/sampler/name",schemaPath:"#/properties/order/properties/sampler/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid15 = _errs94 === errors;
}
else {
var valid15 = true;
}
if(valid15){
if(data40.version !== undefined){
let data42 = data40.version;
const _errs96 = errors;
if(errors === _errs96){
if(typeof data42 === "string"){
if(data42.length > 256){
validate62.errors = [{instancePath:instancePath+"/order/sampler/version",schemaPath:"#/properties/order/properties/sampler/properties/version/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data42.length < 1){
validate62.errors = [{instancePath:instancePath+"/order/sampler/version",schemaPath:"#/properties/order/properties/sampler/properties/version/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/sampler/version",schemaPath:"#/properties/order/properties/sampler/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid15 = _errs96 === errors;
}
else {
var valid15 = true;
}
if(valid15){
if(data40.seed !== undefined){
let data43 = data40.seed;
const _errs98 = errors;
if(!(((typeof data43 == "number") && (!(data43 % 1) && !isNaN(data43))) && (isFinite(data43)))){
validate62.errors = [{instancePath:instancePath+"/order/sampler/seed",schemaPath:"#/properties/order/properties/sampler/properties/seed/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs98){
if((typeof data43 == "number") && (isFinite(data43))){
if(data43 > 9007199254740991 || isNaN(data43)){
validate62.errors = [{instancePath:instancePath+"/order/sampler/seed",schemaPath:"#/properties/order/properties/sampler/properties/seed/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data43 < 0 || isNaN(data43)){
validate62.errors = [{instancePath:instancePath+"/order/sampler/seed",schemaPath:"#/properties/order/properties/sampler/properties/seed/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid15 = _errs98 === errors;
}
else {
var valid15 = true;
}
if(valid15){
if(data40.epoch !== undefined){
let data44 = data40.epoch;
const _errs100 = errors;
if(!(((typeof data44 == "number") && (!(data44 % 1) && !isNaN(data44))) && (isFinite(data44)))){
validate62.errors = [{instancePath:instancePath+"/order/sampler/epoch",schemaPath:"#/properties/order/properties/sampler/properties/epoch/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs100){
if((typeof data44 == "number") && (isFinite(data44))){
if(data44 > 9007199254740991 || isNaN(data44)){
validate62.errors = [{instancePath:instancePath+"/order/sampler/epoch",schemaPath:"#/properties/order/properties/sampler/properties/epoch/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data44 < 0 || isNaN(data44)){
validate62.errors = [{instancePath:instancePath+"/order/sampler/epoch",schemaPath:"#/properties/order/properties/sampler/properties/epoch/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid15 = _errs100 === errors;
}
else {
var valid15 = true;
}
if(valid15){
if(data40.startIndex !== undefined){
let data45 = data40.startIndex;
const _errs102 = errors;
if(!(((typeof data45 == "number") && (!(data45 % 1) && !isNaN(data45))) && (isFinite(data45)))){
validate62.errors = [{instancePath:instancePath+"/order/sampler/startIndex",schemaPath:"#/properties/order/properties/sampler/properties/startIndex/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs102){
if((typeof data45 == "number") && (isFinite(data45))){
if(data45 > 9007199254740991 || isNaN(data45)){
validate62.errors = [{instancePath:instancePath+"/order/sampler/startIndex",schemaPath:"#/properties/order/properties/sampler/properties/startIndex/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data45 < 0 || isNaN(data45)){
validate62.errors = [{instancePath:instancePath+"/order/sampler/startIndex",schemaPath:"#/properties/order/properties/sampler/properties/startIndex/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid15 = _errs102 === errors;
}
else {
var valid15 = true;
}
if(valid15){
if(data40.count !== undefined){
let data46 = data40.count;
const _errs104 = errors;
if(!(((typeof data46 == "number") && (!(data46 % 1) && !isNaN(data46))) && (isFinite(data46)))){
validate62.errors = [{instancePath:instancePath+"/order/sampler/count",schemaPath:"#/properties/order/properties/sampler/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs104){
if((typeof data46 == "number") && (isFinite(data46))){
if(data46 > 9007199254740991 || isNaN(data46)){
validate62.errors = [{instancePath:instancePath+"/order/sampler/count",schemaPath:"#/properties/order/properties/sampler/properties/count/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data46 < 1 || isNaN(data46)){
validate62.errors = [{instancePath:instancePath+"/order/sampler/count",schemaPath:"#/properties/order/properties/sampler/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid15 = _errs104 === errors;
}
else {
var valid15 = true;
}
if(valid15){
if(data40.manifest !== undefined){
let data47 = data40.manifest;
const _errs106 = errors;
if(errors === _errs106){
if(typeof data47 === "string"){
if(!pattern8.test(data47)){
validate62.errors = [{instancePath:instancePath+"/order/sampler/manifest",schemaPath:"#/properties/order/properties/sampler/properties/manifest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/sampler/manifest",schemaPath:"#/properties/order/properties/sampler/properties/manifest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid15 = _errs106 === errors;
}
else {
var valid15 = true;
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
validate62.errors = [{instancePath:instancePath+"/order/sampler",schemaPath:"#/properties/order/properties/sampler/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs91 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data5.digest !== undefined){
let data48 = data5.digest;
const _errs108 = errors;
if(errors === _errs108){
if(data48 && typeof data48 == "object" && !Array.isArray(data48)){
let missing9;
if(((data48.of === undefined) && (missing9 = "of")) || ((data48.steps === undefined) && (missing9 = "steps"))){
validate62.errors = [{instancePath:instancePath+"/order/digest",schemaPath:"#/properties/order/properties/digest/required",keyword:"required",params:{missingProperty: missing9},message:"must have required property '"+missing9+"'"}];
return false;
}
else {
const _errs110 = errors;
for(const key10 in data48){
if(!((key10 === "of") || (key10 === "steps"))){
validate62.errors = [{instancePath:instancePath+"/order/digest",schemaPath:"#/properties/order/properties/digest/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs110 === errors){
if(data48.of !== undefined){
let data49 = data48.of;
const _errs111 = errors;
if(typeof data49 !== "string"){
validate62.errors = [{instancePath:instancePath+"/order/digest/of",schemaPath:"#/properties/order/properties/digest/properties/of/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((data49 === "document") || (data49 === "sequence"))){
validate62.errors = [{instancePath:instancePath+"/order/digest/of",schemaPath:"#/properties/order/properties/digest/properties/of/enum",keyword:"enum",params:{allowedValues: schema78.properties.order.properties.digest.properties.of.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid16 = _errs111 === errors;
}
else {
var valid16 = true;
}
if(valid16){
if(data48.steps !== undefined){
let data50 = data48.steps;
const _errs113 = errors;
if(errors === _errs113){
if(Array.isArray(data50)){
if(data50.length > 100000){
validate62.errors = [{instancePath:instancePath+"/order/digest/steps",schemaPath:"#/properties/order/properties/digest/properties/steps/maxItems",keyword:"maxItems",params:{limit: 100000},message:"must NOT have more than 100000 items"}];
return false;
}
else {
if(data50.length < 1){
validate62.errors = [{instancePath:instancePath+"/order/digest/steps",schemaPath:"#/properties/order/properties/digest/properties/steps/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid17 = true;
const len5 = data50.length;
for(let i5=0; i5<len5; i5++){
let data51 = data50[i5];
const _errs115 = errors;
if(errors === _errs115){
if(typeof data51 === "string"){
if(!pattern8.test(data51)){
validate62.errors = [{instancePath:instancePath+"/order/digest/steps/" + i5,schemaPath:"#/properties/order/properties/digest/properties/steps/items/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/digest/steps/" + i5,schemaPath:"#/properties/order/properties/digest/properties/steps/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid17 = _errs115 === errors;
if(!valid17){
break;
}
}
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/digest/steps",schemaPath:"#/properties/order/properties/digest/properties/steps/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid16 = _errs113 === errors;
}
else {
var valid16 = true;
}
}
}
}
}
else {
validate62.errors = [{instancePath:instancePath+"/order/digest",schemaPath:"#/properties/order/properties/digest/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid1 = _errs108 === errors;
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
else {
validate62.errors = [{instancePath:instancePath+"/order",schemaPath:"#/properties/order/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate62.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate62.errors = vErrors;
return errors === 0;
}
validate62.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingProjectAnnotated = validate63;
const schema80 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.project.annotated:1.0","title":"training.project.annotated","x-stream":"project/{projectId}","type":"object","properties":{"projectId":{"type":"string","maxLength":256,"minLength":1},"name":{"type":"string","maxLength":512,"minLength":1},"tags":{"type":"object","maxProperties":1000,"additionalProperties":{"type":"string","maxLength":20000}},"retired":{"type":"boolean"},"removedTags":{"type":"array","items":{"type":"string","maxLength":256,"minLength":1},"maxItems":1000}},"required":["projectId"],"additionalProperties":false};

function validate63(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.project.annotated:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate63.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.projectId === undefined) && (missing0 = "projectId")){
validate63.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "projectId") || (key0 === "name")) || (key0 === "tags")) || (key0 === "retired")) || (key0 === "removedTags"))){
validate63.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.projectId !== undefined){
let data0 = data.projectId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate63.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate63.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate63.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
let data1 = data.name;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 512){
validate63.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data1.length < 1){
validate63.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate63.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tags !== undefined){
let data2 = data.tags;
const _errs6 = errors;
if(errors === _errs6){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length > 1000){
validate63.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
for(const key1 in data2){
let data3 = data2[key1];
const _errs9 = errors;
if(errors === _errs9){
if(typeof data3 === "string"){
if(data3.length > 20000){
validate63.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 20000},message:"must NOT have more than 20000 characters"}];
return false;
}
}
else {
validate63.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs9 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate63.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.retired !== undefined){
const _errs11 = errors;
if(typeof data.retired !== "boolean"){
validate63.errors = [{instancePath:instancePath+"/retired",schemaPath:"#/properties/retired/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.removedTags !== undefined){
let data5 = data.removedTags;
const _errs13 = errors;
if(errors === _errs13){
if(Array.isArray(data5)){
if(data5.length > 1000){
validate63.errors = [{instancePath:instancePath+"/removedTags",schemaPath:"#/properties/removedTags/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
var valid2 = true;
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
const _errs15 = errors;
if(errors === _errs15){
if(typeof data6 === "string"){
if(data6.length > 256){
validate63.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate63.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate63.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs15 === errors;
if(!valid2){
break;
}
}
}
}
else {
validate63.errors = [{instancePath:instancePath+"/removedTags",schemaPath:"#/properties/removedTags/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs13 === errors;
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
validate63.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate63.errors = vErrors;
return errors === 0;
}
validate63.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingProjectRegistered = validate64;
const schema81 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.project.registered:1.0","title":"training.project.registered","x-stream":"project/{projectId}","type":"object","properties":{"projectId":{"type":"string","maxLength":256,"minLength":1},"name":{"type":"string","maxLength":512,"minLength":1},"tags":{"type":"object","maxProperties":1000,"additionalProperties":{"type":"string","maxLength":20000}},"artifacts":{"type":"string","maxLength":2048,"minLength":1}},"required":["projectId","name"],"additionalProperties":false};

function validate64(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.project.registered:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate64.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.projectId === undefined) && (missing0 = "projectId")) || ((data.name === undefined) && (missing0 = "name"))){
validate64.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "projectId") || (key0 === "name")) || (key0 === "tags")) || (key0 === "artifacts"))){
validate64.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.projectId !== undefined){
let data0 = data.projectId;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 256){
validate64.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate64.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate64.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
let data1 = data.name;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 512){
validate64.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data1.length < 1){
validate64.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate64.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tags !== undefined){
let data2 = data.tags;
const _errs6 = errors;
if(errors === _errs6){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length > 1000){
validate64.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
for(const key1 in data2){
let data3 = data2[key1];
const _errs9 = errors;
if(errors === _errs9){
if(typeof data3 === "string"){
if(data3.length > 20000){
validate64.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 20000},message:"must NOT have more than 20000 characters"}];
return false;
}
}
else {
validate64.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs9 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate64.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.artifacts !== undefined){
let data4 = data.artifacts;
const _errs11 = errors;
if(errors === _errs11){
if(typeof data4 === "string"){
if(data4.length > 2048){
validate64.errors = [{instancePath:instancePath+"/artifacts",schemaPath:"#/properties/artifacts/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data4.length < 1){
validate64.errors = [{instancePath:instancePath+"/artifacts",schemaPath:"#/properties/artifacts/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate64.errors = [{instancePath:instancePath+"/artifacts",schemaPath:"#/properties/artifacts/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs11 === errors;
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
validate64.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate64.errors = vErrors;
return errors === 0;
}
validate64.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingRegistrationAnnotated = validate65;
const schema82 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.registration.annotated:1.0","title":"training.registration.annotated","x-stream":"registration/{name}","type":"object","properties":{"name":{"type":"string","maxLength":512,"minLength":1},"description":{"type":"string","maxLength":10000},"tags":{"type":"object","maxProperties":1000,"additionalProperties":{"type":"string","maxLength":8000}},"removedTags":{"type":"array","items":{"type":"string","maxLength":256,"minLength":1},"maxItems":1000},"aliases":{"type":"object","maxProperties":1000,"additionalProperties":{"type":"integer","minimum":1,"maximum":1000000000}},"removedAliases":{"type":"array","items":{"type":"string","maxLength":256,"minLength":1},"maxItems":1000},"retired":{"type":"boolean"}},"required":["name"],"additionalProperties":false};

function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.registration.annotated:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate65.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.name === undefined) && (missing0 = "name")){
validate65.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((((key0 === "name") || (key0 === "description")) || (key0 === "tags")) || (key0 === "removedTags")) || (key0 === "aliases")) || (key0 === "removedAliases")) || (key0 === "retired"))){
validate65.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.name !== undefined){
let data0 = data.name;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 512){
validate65.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data0.length < 1){
validate65.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate65.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
let data1 = data.description;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 10000){
validate65.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters"}];
return false;
}
}
else {
validate65.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tags !== undefined){
let data2 = data.tags;
const _errs6 = errors;
if(errors === _errs6){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length > 1000){
validate65.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
for(const key1 in data2){
let data3 = data2[key1];
const _errs9 = errors;
if(errors === _errs9){
if(typeof data3 === "string"){
if(data3.length > 8000){
validate65.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 8000},message:"must NOT have more than 8000 characters"}];
return false;
}
}
else {
validate65.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs9 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate65.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.removedTags !== undefined){
let data4 = data.removedTags;
const _errs11 = errors;
if(errors === _errs11){
if(Array.isArray(data4)){
if(data4.length > 1000){
validate65.errors = [{instancePath:instancePath+"/removedTags",schemaPath:"#/properties/removedTags/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
var valid2 = true;
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
const _errs13 = errors;
if(errors === _errs13){
if(typeof data5 === "string"){
if(data5.length > 256){
validate65.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data5.length < 1){
validate65.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate65.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs13 === errors;
if(!valid2){
break;
}
}
}
}
else {
validate65.errors = [{instancePath:instancePath+"/removedTags",schemaPath:"#/properties/removedTags/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.aliases !== undefined){
let data6 = data.aliases;
const _errs15 = errors;
if(errors === _errs15){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(Object.keys(data6).length > 1000){
validate65.errors = [{instancePath:instancePath+"/aliases",schemaPath:"#/properties/aliases/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
for(const key2 in data6){
let data7 = data6[key2];
const _errs18 = errors;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
validate65.errors = [{instancePath:instancePath+"/aliases/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/aliases/additionalProperties/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs18){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 1000000000 || isNaN(data7)){
validate65.errors = [{instancePath:instancePath+"/aliases/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/aliases/additionalProperties/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000"}];
return false;
}
else {
if(data7 < 1 || isNaN(data7)){
validate65.errors = [{instancePath:instancePath+"/aliases/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/aliases/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid3 = _errs18 === errors;
if(!valid3){
break;
}
}
}
}
else {
validate65.errors = [{instancePath:instancePath+"/aliases",schemaPath:"#/properties/aliases/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.removedAliases !== undefined){
let data8 = data.removedAliases;
const _errs20 = errors;
if(errors === _errs20){
if(Array.isArray(data8)){
if(data8.length > 1000){
validate65.errors = [{instancePath:instancePath+"/removedAliases",schemaPath:"#/properties/removedAliases/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
var valid4 = true;
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
const _errs22 = errors;
if(errors === _errs22){
if(typeof data9 === "string"){
if(data9.length > 256){
validate65.errors = [{instancePath:instancePath+"/removedAliases/" + i1,schemaPath:"#/properties/removedAliases/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data9.length < 1){
validate65.errors = [{instancePath:instancePath+"/removedAliases/" + i1,schemaPath:"#/properties/removedAliases/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate65.errors = [{instancePath:instancePath+"/removedAliases/" + i1,schemaPath:"#/properties/removedAliases/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid4 = _errs22 === errors;
if(!valid4){
break;
}
}
}
}
else {
validate65.errors = [{instancePath:instancePath+"/removedAliases",schemaPath:"#/properties/removedAliases/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs20 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.retired !== undefined){
const _errs24 = errors;
if(typeof data.retired !== "boolean"){
validate65.errors = [{instancePath:instancePath+"/retired",schemaPath:"#/properties/retired/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs24 === errors;
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
validate65.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate65.errors = vErrors;
return errors === 0;
}
validate65.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingRunAnnotated = validate66;
const schema83 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.run.annotated:1.0","title":"training.run.annotated","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"name":{"type":"string","maxLength":512,"minLength":1},"tags":{"type":"object","maxProperties":1000,"additionalProperties":{"type":"string","maxLength":8000}},"removedTags":{"type":"array","items":{"type":"string","maxLength":256,"minLength":1},"maxItems":1000},"params":{"type":"object","maxProperties":1000,"additionalProperties":{"type":"string","maxLength":6000}},"retired":{"type":"boolean"}},"required":["runId"],"additionalProperties":false};

function validate66(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.run.annotated:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate66.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.runId === undefined) && (missing0 = "runId")){
validate66.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "runId") || (key0 === "name")) || (key0 === "tags")) || (key0 === "removedTags")) || (key0 === "params")) || (key0 === "retired"))){
validate66.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate66.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate66.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate66.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
let data1 = data.name;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 512){
validate66.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data1.length < 1){
validate66.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate66.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tags !== undefined){
let data2 = data.tags;
const _errs6 = errors;
if(errors === _errs6){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length > 1000){
validate66.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
for(const key1 in data2){
let data3 = data2[key1];
const _errs9 = errors;
if(errors === _errs9){
if(typeof data3 === "string"){
if(data3.length > 8000){
validate66.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 8000},message:"must NOT have more than 8000 characters"}];
return false;
}
}
else {
validate66.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs9 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate66.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.removedTags !== undefined){
let data4 = data.removedTags;
const _errs11 = errors;
if(errors === _errs11){
if(Array.isArray(data4)){
if(data4.length > 1000){
validate66.errors = [{instancePath:instancePath+"/removedTags",schemaPath:"#/properties/removedTags/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
return false;
}
else {
var valid2 = true;
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
const _errs13 = errors;
if(errors === _errs13){
if(typeof data5 === "string"){
if(data5.length > 256){
validate66.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data5.length < 1){
validate66.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate66.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid2 = _errs13 === errors;
if(!valid2){
break;
}
}
}
}
else {
validate66.errors = [{instancePath:instancePath+"/removedTags",schemaPath:"#/properties/removedTags/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.params !== undefined){
let data6 = data.params;
const _errs15 = errors;
if(errors === _errs15){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(Object.keys(data6).length > 1000){
validate66.errors = [{instancePath:instancePath+"/params",schemaPath:"#/properties/params/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
for(const key2 in data6){
let data7 = data6[key2];
const _errs18 = errors;
if(errors === _errs18){
if(typeof data7 === "string"){
if(data7.length > 6000){
validate66.errors = [{instancePath:instancePath+"/params/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/params/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 6000},message:"must NOT have more than 6000 characters"}];
return false;
}
}
else {
validate66.errors = [{instancePath:instancePath+"/params/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/params/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs18 === errors;
if(!valid3){
break;
}
}
}
}
else {
validate66.errors = [{instancePath:instancePath+"/params",schemaPath:"#/properties/params/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.retired !== undefined){
const _errs20 = errors;
if(typeof data.retired !== "boolean"){
validate66.errors = [{instancePath:instancePath+"/retired",schemaPath:"#/properties/retired/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
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
}
}
else {
validate66.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate66.errors = vErrors;
return errors === 0;
}
validate66.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingRunEnded = validate67;
const schema84 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.run.ended:1.0","title":"training.run.ended","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"status":{"type":"string","enum":["completed","failed","stopped"]},"lastStep":{"type":"integer","minimum":0,"maximum":9007199254740991},"tokens":{"type":"integer","minimum":0,"maximum":9007199254740991},"reason":{"type":"string","maxLength":4096,"minLength":1}},"required":["runId","attempt","status"],"additionalProperties":false};

function validate67(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.run.ended:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate67.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.runId === undefined) && (missing0 = "runId")) || ((data.attempt === undefined) && (missing0 = "attempt"))) || ((data.status === undefined) && (missing0 = "status"))){
validate67.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "runId") || (key0 === "attempt")) || (key0 === "status")) || (key0 === "lastStep")) || (key0 === "tokens")) || (key0 === "reason"))){
validate67.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate67.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate67.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate67.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate67.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate67.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate67.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
validate67.errors = [{instancePath:instancePath+"/status",schemaPath:"#/properties/status/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data2 === "completed") || (data2 === "failed")) || (data2 === "stopped"))){
validate67.errors = [{instancePath:instancePath+"/status",schemaPath:"#/properties/status/enum",keyword:"enum",params:{allowedValues: schema84.properties.status.enum},message:"must be equal to one of the allowed values"}];
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
validate67.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
validate67.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate67.errors = [{instancePath:instancePath+"/lastStep",schemaPath:"#/properties/lastStep/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate67.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs10){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 9007199254740991 || isNaN(data4)){
validate67.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data4 < 0 || isNaN(data4)){
validate67.errors = [{instancePath:instancePath+"/tokens",schemaPath:"#/properties/tokens/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate67.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"}];
return false;
}
else {
if(data5.length < 1){
validate67.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate67.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate67.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate67.errors = vErrors;
return errors === 0;
}
validate67.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingRunPlanned = validate68;
const schema85 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.run.planned:1.0","title":"training.run.planned","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"mixtureId":{"type":"string","maxLength":256,"minLength":1},"model":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"parameters":{"type":"integer","minimum":0,"maximum":9007199254740991},"architecture":{"type":"string","maxLength":1024,"minLength":1}},"required":["name"],"additionalProperties":false},"tokenizer":{"type":"string","maxLength":256,"minLength":1},"config":{"type":"object","maxProperties":500},"seeds":{"type":"object","properties":{"init":{"type":"integer","minimum":0,"maximum":9007199254740991},"dataOrder":{"type":"integer","minimum":0,"maximum":9007199254740991}},"required":[],"additionalProperties":false},"code":{"type":"object","properties":{"repository":{"type":"string","maxLength":1024,"minLength":1},"revision":{"type":"string","maxLength":256,"minLength":1},"digest":{"type":"string","pattern":"^[0-9a-f]{64}$"}},"required":[],"additionalProperties":false},"tokenBudget":{"type":"integer","minimum":0,"maximum":9007199254740991},"parentCheckpointId":{"type":"string","maxLength":256,"minLength":1},"hardware":{"type":"string","maxLength":1024,"minLength":1},"name":{"type":"string","maxLength":512,"minLength":1},"projectId":{"type":"string","maxLength":256,"minLength":1},"snapshotId":{"type":"string","maxLength":512,"minLength":1},"uri":{"type":"string","maxLength":2048,"minLength":1},"redacted":{"type":"boolean"}},"required":["runId","model","config","seeds"],"additionalProperties":false};

function validate68(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.run.planned:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate68.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.runId === undefined) && (missing0 = "runId")) || ((data.model === undefined) && (missing0 = "model"))) || ((data.config === undefined) && (missing0 = "config"))) || ((data.seeds === undefined) && (missing0 = "seeds"))){
validate68.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema85.properties, key0))){
validate68.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate68.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate68.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.mixtureId !== undefined){
let data1 = data.mixtureId;
const _errs4 = errors;
if(errors === _errs4){
if(typeof data1 === "string"){
if(data1.length > 256){
validate68.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data1.length < 1){
validate68.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.model !== undefined){
let data2 = data.model;
const _errs6 = errors;
if(errors === _errs6){
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
let missing1;
if((data2.name === undefined) && (missing1 = "name")){
validate68.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs8 = errors;
for(const key1 in data2){
if(!(((key1 === "name") || (key1 === "parameters")) || (key1 === "architecture"))){
validate68.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs8 === errors){
if(data2.name !== undefined){
let data3 = data2.name;
const _errs9 = errors;
if(errors === _errs9){
if(typeof data3 === "string"){
if(data3.length > 256){
validate68.errors = [{instancePath:instancePath+"/model/name",schemaPath:"#/properties/model/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate68.errors = [{instancePath:instancePath+"/model/name",schemaPath:"#/properties/model/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/model/name",schemaPath:"#/properties/model/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data2.parameters !== undefined){
let data4 = data2.parameters;
const _errs11 = errors;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
validate68.errors = [{instancePath:instancePath+"/model/parameters",schemaPath:"#/properties/model/properties/parameters/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs11){
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 9007199254740991 || isNaN(data4)){
validate68.errors = [{instancePath:instancePath+"/model/parameters",schemaPath:"#/properties/model/properties/parameters/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data4 < 0 || isNaN(data4)){
validate68.errors = [{instancePath:instancePath+"/model/parameters",schemaPath:"#/properties/model/properties/parameters/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data2.architecture !== undefined){
let data5 = data2.architecture;
const _errs13 = errors;
if(errors === _errs13){
if(typeof data5 === "string"){
if(data5.length > 1024){
validate68.errors = [{instancePath:instancePath+"/model/architecture",schemaPath:"#/properties/model/properties/architecture/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data5.length < 1){
validate68.errors = [{instancePath:instancePath+"/model/architecture",schemaPath:"#/properties/model/properties/architecture/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/model/architecture",schemaPath:"#/properties/model/properties/architecture/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
}
else {
validate68.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokenizer !== undefined){
let data6 = data.tokenizer;
const _errs15 = errors;
if(errors === _errs15){
if(typeof data6 === "string"){
if(data6.length > 256){
validate68.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate68.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs15 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.config !== undefined){
let data7 = data.config;
const _errs17 = errors;
if(errors === _errs17){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length > 500){
validate68.errors = [{instancePath:instancePath+"/config",schemaPath:"#/properties/config/maxProperties",keyword:"maxProperties",params:{limit: 500},message:"must NOT have more than 500 properties"}];
return false;
}
}
else {
validate68.errors = [{instancePath:instancePath+"/config",schemaPath:"#/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs17 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seeds !== undefined){
let data8 = data.seeds;
const _errs19 = errors;
if(errors === _errs19){
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
const _errs21 = errors;
for(const key2 in data8){
if(!((key2 === "init") || (key2 === "dataOrder"))){
validate68.errors = [{instancePath:instancePath+"/seeds",schemaPath:"#/properties/seeds/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs21 === errors){
if(data8.init !== undefined){
let data9 = data8.init;
const _errs22 = errors;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
validate68.errors = [{instancePath:instancePath+"/seeds/init",schemaPath:"#/properties/seeds/properties/init/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs22){
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 > 9007199254740991 || isNaN(data9)){
validate68.errors = [{instancePath:instancePath+"/seeds/init",schemaPath:"#/properties/seeds/properties/init/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data9 < 0 || isNaN(data9)){
validate68.errors = [{instancePath:instancePath+"/seeds/init",schemaPath:"#/properties/seeds/properties/init/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid2 = _errs22 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data8.dataOrder !== undefined){
let data10 = data8.dataOrder;
const _errs24 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
validate68.errors = [{instancePath:instancePath+"/seeds/dataOrder",schemaPath:"#/properties/seeds/properties/dataOrder/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs24){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 9007199254740991 || isNaN(data10)){
validate68.errors = [{instancePath:instancePath+"/seeds/dataOrder",schemaPath:"#/properties/seeds/properties/dataOrder/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data10 < 0 || isNaN(data10)){
validate68.errors = [{instancePath:instancePath+"/seeds/dataOrder",schemaPath:"#/properties/seeds/properties/dataOrder/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid2 = _errs24 === errors;
}
else {
var valid2 = true;
}
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/seeds",schemaPath:"#/properties/seeds/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.code !== undefined){
let data11 = data.code;
const _errs26 = errors;
if(errors === _errs26){
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
const _errs28 = errors;
for(const key3 in data11){
if(!(((key3 === "repository") || (key3 === "revision")) || (key3 === "digest"))){
validate68.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs28 === errors){
if(data11.repository !== undefined){
let data12 = data11.repository;
const _errs29 = errors;
if(errors === _errs29){
if(typeof data12 === "string"){
if(data12.length > 1024){
validate68.errors = [{instancePath:instancePath+"/code/repository",schemaPath:"#/properties/code/properties/repository/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data12.length < 1){
validate68.errors = [{instancePath:instancePath+"/code/repository",schemaPath:"#/properties/code/properties/repository/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/code/repository",schemaPath:"#/properties/code/properties/repository/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs29 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data11.revision !== undefined){
let data13 = data11.revision;
const _errs31 = errors;
if(errors === _errs31){
if(typeof data13 === "string"){
if(data13.length > 256){
validate68.errors = [{instancePath:instancePath+"/code/revision",schemaPath:"#/properties/code/properties/revision/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data13.length < 1){
validate68.errors = [{instancePath:instancePath+"/code/revision",schemaPath:"#/properties/code/properties/revision/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/code/revision",schemaPath:"#/properties/code/properties/revision/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs31 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data11.digest !== undefined){
let data14 = data11.digest;
const _errs33 = errors;
if(errors === _errs33){
if(typeof data14 === "string"){
if(!pattern8.test(data14)){
validate68.errors = [{instancePath:instancePath+"/code/digest",schemaPath:"#/properties/code/properties/digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate68.errors = [{instancePath:instancePath+"/code/digest",schemaPath:"#/properties/code/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid3 = _errs33 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs26 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tokenBudget !== undefined){
let data15 = data.tokenBudget;
const _errs35 = errors;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
validate68.errors = [{instancePath:instancePath+"/tokenBudget",schemaPath:"#/properties/tokenBudget/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs35){
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 > 9007199254740991 || isNaN(data15)){
validate68.errors = [{instancePath:instancePath+"/tokenBudget",schemaPath:"#/properties/tokenBudget/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data15 < 0 || isNaN(data15)){
validate68.errors = [{instancePath:instancePath+"/tokenBudget",schemaPath:"#/properties/tokenBudget/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
if(data.parentCheckpointId !== undefined){
let data16 = data.parentCheckpointId;
const _errs37 = errors;
if(errors === _errs37){
if(typeof data16 === "string"){
if(data16.length > 256){
validate68.errors = [{instancePath:instancePath+"/parentCheckpointId",schemaPath:"#/properties/parentCheckpointId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data16.length < 1){
validate68.errors = [{instancePath:instancePath+"/parentCheckpointId",schemaPath:"#/properties/parentCheckpointId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/parentCheckpointId",schemaPath:"#/properties/parentCheckpointId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs37 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.hardware !== undefined){
let data17 = data.hardware;
const _errs39 = errors;
if(errors === _errs39){
if(typeof data17 === "string"){
if(data17.length > 1024){
validate68.errors = [{instancePath:instancePath+"/hardware",schemaPath:"#/properties/hardware/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data17.length < 1){
validate68.errors = [{instancePath:instancePath+"/hardware",schemaPath:"#/properties/hardware/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/hardware",schemaPath:"#/properties/hardware/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs39 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
let data18 = data.name;
const _errs41 = errors;
if(errors === _errs41){
if(typeof data18 === "string"){
if(data18.length > 512){
validate68.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data18.length < 1){
validate68.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs41 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.projectId !== undefined){
let data19 = data.projectId;
const _errs43 = errors;
if(errors === _errs43){
if(typeof data19 === "string"){
if(data19.length > 256){
validate68.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data19.length < 1){
validate68.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs43 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.snapshotId !== undefined){
let data20 = data.snapshotId;
const _errs45 = errors;
if(errors === _errs45){
if(typeof data20 === "string"){
if(data20.length > 512){
validate68.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data20.length < 1){
validate68.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs45 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.uri !== undefined){
let data21 = data.uri;
const _errs47 = errors;
if(errors === _errs47){
if(typeof data21 === "string"){
if(data21.length > 2048){
validate68.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data21.length < 1){
validate68.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate68.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs47 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.redacted !== undefined){
const _errs49 = errors;
if(typeof data.redacted !== "boolean"){
validate68.errors = [{instancePath:instancePath+"/redacted",schemaPath:"#/properties/redacted/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs49 === errors;
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
else {
validate68.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate68.errors = vErrors;
return errors === 0;
}
validate68.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingRunStarted = validate69;
const schema86 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.run.started:1.0","title":"training.run.started","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"experimentId":{"type":"string","maxLength":256,"minLength":1},"arm":{"type":"string","maxLength":256,"minLength":1},"mixtureId":{"type":"string","maxLength":256,"minLength":1},"model":{"type":"object","properties":{"name":{"type":"string","maxLength":256,"minLength":1},"parameters":{"type":"integer","minimum":0,"maximum":9007199254740991},"architecture":{"type":"string","maxLength":1024,"minLength":1}},"required":["name"],"additionalProperties":false},"tokenizer":{"type":"string","maxLength":256,"minLength":1},"config":{"type":"object","maxProperties":500},"seeds":{"type":"object","properties":{"init":{"type":"integer","minimum":0,"maximum":9007199254740991},"dataOrder":{"type":"integer","minimum":0,"maximum":9007199254740991}},"required":[],"additionalProperties":false},"code":{"type":"object","properties":{"repository":{"type":"string","maxLength":1024,"minLength":1},"revision":{"type":"string","maxLength":256,"minLength":1},"digest":{"type":"string","pattern":"^[0-9a-f]{64}$"}},"required":[],"additionalProperties":false},"tokenBudget":{"type":"integer","minimum":0,"maximum":9007199254740991},"parentCheckpointId":{"type":"string","maxLength":256,"minLength":1},"hardware":{"type":"string","maxLength":1024,"minLength":1},"name":{"type":"string","maxLength":512,"minLength":1},"projectId":{"type":"string","maxLength":256,"minLength":1},"snapshotId":{"type":"string","maxLength":512,"minLength":1},"uri":{"type":"string","maxLength":2048,"minLength":1},"resumedFrom":{"type":"object","properties":{"attempt":{"type":"integer","minimum":1,"maximum":1000000},"step":{"type":"integer","minimum":0,"maximum":9007199254740991}},"required":["attempt","step"],"additionalProperties":false},"forkedFrom":{"type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"step":{"type":"integer","minimum":0,"maximum":9007199254740991}},"required":["runId","step"],"additionalProperties":false},"redacted":{"type":"boolean"}},"required":["runId","attempt","model","config","seeds"],"additionalProperties":false};

function validate69(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.run.started:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate69.evaluated;
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
validate69.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema86.properties, key0))){
validate69.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate69.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate69.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate69.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate69.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate69.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
validate69.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data2.length < 1){
validate69.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/experimentId",schemaPath:"#/properties/experimentId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate69.errors = [{instancePath:instancePath+"/arm",schemaPath:"#/properties/arm/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate69.errors = [{instancePath:instancePath+"/arm",schemaPath:"#/properties/arm/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/arm",schemaPath:"#/properties/arm/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate69.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data4.length < 1){
validate69.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/mixtureId",schemaPath:"#/properties/mixtureId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate69.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs14 = errors;
for(const key1 in data5){
if(!(((key1 === "name") || (key1 === "parameters")) || (key1 === "architecture"))){
validate69.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"}];
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
validate69.errors = [{instancePath:instancePath+"/model/name",schemaPath:"#/properties/model/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data6.length < 1){
validate69.errors = [{instancePath:instancePath+"/model/name",schemaPath:"#/properties/model/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/model/name",schemaPath:"#/properties/model/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate69.errors = [{instancePath:instancePath+"/model/parameters",schemaPath:"#/properties/model/properties/parameters/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs17){
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 9007199254740991 || isNaN(data7)){
validate69.errors = [{instancePath:instancePath+"/model/parameters",schemaPath:"#/properties/model/properties/parameters/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data7 < 0 || isNaN(data7)){
validate69.errors = [{instancePath:instancePath+"/model/parameters",schemaPath:"#/properties/model/properties/parameters/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate69.errors = [{instancePath:instancePath+"/model/architecture",schemaPath:"#/properties/model/properties/architecture/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data8.length < 1){
validate69.errors = [{instancePath:instancePath+"/model/architecture",schemaPath:"#/properties/model/properties/architecture/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/model/architecture",schemaPath:"#/properties/model/properties/architecture/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate69.errors = [{instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate69.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data9.length < 1){
validate69.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/tokenizer",schemaPath:"#/properties/tokenizer/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate69.errors = [{instancePath:instancePath+"/config",schemaPath:"#/properties/config/maxProperties",keyword:"maxProperties",params:{limit: 500},message:"must NOT have more than 500 properties"}];
return false;
}
}
else {
validate69.errors = [{instancePath:instancePath+"/config",schemaPath:"#/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate69.errors = [{instancePath:instancePath+"/seeds",schemaPath:"#/properties/seeds/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs27 === errors){
if(data11.init !== undefined){
let data12 = data11.init;
const _errs28 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate69.errors = [{instancePath:instancePath+"/seeds/init",schemaPath:"#/properties/seeds/properties/init/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs28){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 9007199254740991 || isNaN(data12)){
validate69.errors = [{instancePath:instancePath+"/seeds/init",schemaPath:"#/properties/seeds/properties/init/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data12 < 0 || isNaN(data12)){
validate69.errors = [{instancePath:instancePath+"/seeds/init",schemaPath:"#/properties/seeds/properties/init/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate69.errors = [{instancePath:instancePath+"/seeds/dataOrder",schemaPath:"#/properties/seeds/properties/dataOrder/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs30){
if((typeof data13 == "number") && (isFinite(data13))){
if(data13 > 9007199254740991 || isNaN(data13)){
validate69.errors = [{instancePath:instancePath+"/seeds/dataOrder",schemaPath:"#/properties/seeds/properties/dataOrder/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data13 < 0 || isNaN(data13)){
validate69.errors = [{instancePath:instancePath+"/seeds/dataOrder",schemaPath:"#/properties/seeds/properties/dataOrder/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate69.errors = [{instancePath:instancePath+"/seeds",schemaPath:"#/properties/seeds/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate69.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"}];
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
validate69.errors = [{instancePath:instancePath+"/code/repository",schemaPath:"#/properties/code/properties/repository/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data15.length < 1){
validate69.errors = [{instancePath:instancePath+"/code/repository",schemaPath:"#/properties/code/properties/repository/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/code/repository",schemaPath:"#/properties/code/properties/repository/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate69.errors = [{instancePath:instancePath+"/code/revision",schemaPath:"#/properties/code/properties/revision/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data16.length < 1){
validate69.errors = [{instancePath:instancePath+"/code/revision",schemaPath:"#/properties/code/properties/revision/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/code/revision",schemaPath:"#/properties/code/properties/revision/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
if(!pattern8.test(data17)){
validate69.errors = [{instancePath:instancePath+"/code/digest",schemaPath:"#/properties/code/properties/digest/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"},message:"must match pattern \""+"^[0-9a-f]{64}$"+"\""}];
return false;
}
}
else {
validate69.errors = [{instancePath:instancePath+"/code/digest",schemaPath:"#/properties/code/properties/digest/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate69.errors = [{instancePath:instancePath+"/code",schemaPath:"#/properties/code/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate69.errors = [{instancePath:instancePath+"/tokenBudget",schemaPath:"#/properties/tokenBudget/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs41){
if((typeof data18 == "number") && (isFinite(data18))){
if(data18 > 9007199254740991 || isNaN(data18)){
validate69.errors = [{instancePath:instancePath+"/tokenBudget",schemaPath:"#/properties/tokenBudget/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data18 < 0 || isNaN(data18)){
validate69.errors = [{instancePath:instancePath+"/tokenBudget",schemaPath:"#/properties/tokenBudget/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate69.errors = [{instancePath:instancePath+"/parentCheckpointId",schemaPath:"#/properties/parentCheckpointId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data19.length < 1){
validate69.errors = [{instancePath:instancePath+"/parentCheckpointId",schemaPath:"#/properties/parentCheckpointId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/parentCheckpointId",schemaPath:"#/properties/parentCheckpointId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate69.errors = [{instancePath:instancePath+"/hardware",schemaPath:"#/properties/hardware/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"}];
return false;
}
else {
if(data20.length < 1){
validate69.errors = [{instancePath:instancePath+"/hardware",schemaPath:"#/properties/hardware/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/hardware",schemaPath:"#/properties/hardware/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs45 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.name !== undefined){
let data21 = data.name;
const _errs47 = errors;
if(errors === _errs47){
if(typeof data21 === "string"){
if(data21.length > 512){
validate69.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data21.length < 1){
validate69.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs47 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.projectId !== undefined){
let data22 = data.projectId;
const _errs49 = errors;
if(errors === _errs49){
if(typeof data22 === "string"){
if(data22.length > 256){
validate69.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data22.length < 1){
validate69.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/projectId",schemaPath:"#/properties/projectId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs49 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.snapshotId !== undefined){
let data23 = data.snapshotId;
const _errs51 = errors;
if(errors === _errs51){
if(typeof data23 === "string"){
if(data23.length > 512){
validate69.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data23.length < 1){
validate69.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/snapshotId",schemaPath:"#/properties/snapshotId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs51 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.uri !== undefined){
let data24 = data.uri;
const _errs53 = errors;
if(errors === _errs53){
if(typeof data24 === "string"){
if(data24.length > 2048){
validate69.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data24.length < 1){
validate69.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/uri",schemaPath:"#/properties/uri/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs53 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.resumedFrom !== undefined){
let data25 = data.resumedFrom;
const _errs55 = errors;
if(errors === _errs55){
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
let missing2;
if(((data25.attempt === undefined) && (missing2 = "attempt")) || ((data25.step === undefined) && (missing2 = "step"))){
validate69.errors = [{instancePath:instancePath+"/resumedFrom",schemaPath:"#/properties/resumedFrom/required",keyword:"required",params:{missingProperty: missing2},message:"must have required property '"+missing2+"'"}];
return false;
}
else {
const _errs57 = errors;
for(const key4 in data25){
if(!((key4 === "attempt") || (key4 === "step"))){
validate69.errors = [{instancePath:instancePath+"/resumedFrom",schemaPath:"#/properties/resumedFrom/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs57 === errors){
if(data25.attempt !== undefined){
let data26 = data25.attempt;
const _errs58 = errors;
if(!(((typeof data26 == "number") && (!(data26 % 1) && !isNaN(data26))) && (isFinite(data26)))){
validate69.errors = [{instancePath:instancePath+"/resumedFrom/attempt",schemaPath:"#/properties/resumedFrom/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs58){
if((typeof data26 == "number") && (isFinite(data26))){
if(data26 > 1000000 || isNaN(data26)){
validate69.errors = [{instancePath:instancePath+"/resumedFrom/attempt",schemaPath:"#/properties/resumedFrom/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data26 < 1 || isNaN(data26)){
validate69.errors = [{instancePath:instancePath+"/resumedFrom/attempt",schemaPath:"#/properties/resumedFrom/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
return false;
}
}
}
}
var valid4 = _errs58 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data25.step !== undefined){
let data27 = data25.step;
const _errs60 = errors;
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
validate69.errors = [{instancePath:instancePath+"/resumedFrom/step",schemaPath:"#/properties/resumedFrom/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs60){
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 9007199254740991 || isNaN(data27)){
validate69.errors = [{instancePath:instancePath+"/resumedFrom/step",schemaPath:"#/properties/resumedFrom/properties/step/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data27 < 0 || isNaN(data27)){
validate69.errors = [{instancePath:instancePath+"/resumedFrom/step",schemaPath:"#/properties/resumedFrom/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid4 = _errs60 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/resumedFrom",schemaPath:"#/properties/resumedFrom/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs55 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.forkedFrom !== undefined){
let data28 = data.forkedFrom;
const _errs62 = errors;
if(errors === _errs62){
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
let missing3;
if(((data28.runId === undefined) && (missing3 = "runId")) || ((data28.step === undefined) && (missing3 = "step"))){
validate69.errors = [{instancePath:instancePath+"/forkedFrom",schemaPath:"#/properties/forkedFrom/required",keyword:"required",params:{missingProperty: missing3},message:"must have required property '"+missing3+"'"}];
return false;
}
else {
const _errs64 = errors;
for(const key5 in data28){
if(!((key5 === "runId") || (key5 === "step"))){
validate69.errors = [{instancePath:instancePath+"/forkedFrom",schemaPath:"#/properties/forkedFrom/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs64 === errors){
if(data28.runId !== undefined){
let data29 = data28.runId;
const _errs65 = errors;
if(errors === _errs65){
if(typeof data29 === "string"){
if(data29.length > 256){
validate69.errors = [{instancePath:instancePath+"/forkedFrom/runId",schemaPath:"#/properties/forkedFrom/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data29.length < 1){
validate69.errors = [{instancePath:instancePath+"/forkedFrom/runId",schemaPath:"#/properties/forkedFrom/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/forkedFrom/runId",schemaPath:"#/properties/forkedFrom/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid5 = _errs65 === errors;
}
else {
var valid5 = true;
}
if(valid5){
if(data28.step !== undefined){
let data30 = data28.step;
const _errs67 = errors;
if(!(((typeof data30 == "number") && (!(data30 % 1) && !isNaN(data30))) && (isFinite(data30)))){
validate69.errors = [{instancePath:instancePath+"/forkedFrom/step",schemaPath:"#/properties/forkedFrom/properties/step/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs67){
if((typeof data30 == "number") && (isFinite(data30))){
if(data30 > 9007199254740991 || isNaN(data30)){
validate69.errors = [{instancePath:instancePath+"/forkedFrom/step",schemaPath:"#/properties/forkedFrom/properties/step/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data30 < 0 || isNaN(data30)){
validate69.errors = [{instancePath:instancePath+"/forkedFrom/step",schemaPath:"#/properties/forkedFrom/properties/step/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
return false;
}
}
}
}
var valid5 = _errs67 === errors;
}
else {
var valid5 = true;
}
}
}
}
}
else {
validate69.errors = [{instancePath:instancePath+"/forkedFrom",schemaPath:"#/properties/forkedFrom/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs62 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.redacted !== undefined){
const _errs69 = errors;
if(typeof data.redacted !== "boolean"){
validate69.errors = [{instancePath:instancePath+"/redacted",schemaPath:"#/properties/redacted/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
}
var valid0 = _errs69 === errors;
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
}
else {
validate69.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate69.errors = vErrors;
return errors === 0;
}
validate69.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingStepsRecorded = validate70;
const schema87 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.steps.recorded:1.0","title":"training.steps.recorded","x-stream":"run/{runId}","type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"steps":{"type":"array","items":{"type":"integer","minimum":0,"maximum":9007199254740991},"minItems":1,"maxItems":1024},"columns":{"type":"object","propertyNames":{"maxLength":64,"minLength":1},"additionalProperties":{"type":"array","items":{"type":["number","null"]},"minItems":1,"maxItems":1024},"minProperties":1,"maxProperties":64},"nonfinite":{"type":"object","propertyNames":{"maxLength":64,"minLength":1},"additionalProperties":{"type":"array","items":{"type":"object","properties":{"index":{"type":"integer","minimum":0,"maximum":9007199254740991},"value":{"type":"string","enum":["nan","+inf","-inf"]}},"required":["index","value"],"additionalProperties":false},"minItems":1,"maxItems":1024},"maxProperties":64}},"required":["runId","attempt","steps","columns"],"additionalProperties":false,"x-telemetry":true};

function validate70(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.steps.recorded:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate70.evaluated;
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
validate70.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "runId") || (key0 === "attempt")) || (key0 === "steps")) || (key0 === "columns")) || (key0 === "nonfinite"))){
validate70.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate70.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate70.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate70.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate70.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate70.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate70.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
validate70.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/maxItems",keyword:"maxItems",params:{limit: 1024},message:"must NOT have more than 1024 items"}];
return false;
}
else {
if(data2.length < 1){
validate70.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
const _errs8 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate70.errors = [{instancePath:instancePath+"/steps/" + i0,schemaPath:"#/properties/steps/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
validate70.errors = [{instancePath:instancePath+"/steps/" + i0,schemaPath:"#/properties/steps/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate70.errors = [{instancePath:instancePath+"/steps/" + i0,schemaPath:"#/properties/steps/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate70.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/type",keyword:"type",params:{type: "array"},message:"must be array"}];
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
validate70.errors = [{instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/maxProperties",keyword:"maxProperties",params:{limit: 64},message:"must NOT have more than 64 properties"}];
return false;
}
else {
if(Object.keys(data4).length < 1){
validate70.errors = [{instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"}];
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
validate70.errors = vErrors;
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
validate70.errors = [{instancePath:instancePath+"/columns/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/columns/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 1024},message:"must NOT have more than 1024 items"}];
return false;
}
else {
if(data5.length < 1){
validate70.errors = [{instancePath:instancePath+"/columns/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/columns/additionalProperties/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid4 = true;
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
const _errs16 = errors;
if((!((typeof data6 == "number") && (isFinite(data6)))) && (data6 !== null)){
validate70.errors = [{instancePath:instancePath+"/columns/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i1,schemaPath:"#/properties/columns/additionalProperties/items/type",keyword:"type",params:{type: schema87.properties.columns.additionalProperties.items.type},message:"must be number,null"}];
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
validate70.errors = [{instancePath:instancePath+"/columns/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/columns/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"}];
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
validate70.errors = [{instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate70.errors = [{instancePath:instancePath+"/nonfinite",schemaPath:"#/properties/nonfinite/maxProperties",keyword:"maxProperties",params:{limit: 64},message:"must NOT have more than 64 properties"}];
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
validate70.errors = vErrors;
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
validate70.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/nonfinite/additionalProperties/maxItems",keyword:"maxItems",params:{limit: 1024},message:"must NOT have more than 1024 items"}];
return false;
}
else {
if(data8.length < 1){
validate70.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/nonfinite/additionalProperties/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
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
validate70.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2,schemaPath:"#/properties/nonfinite/additionalProperties/items/required",keyword:"required",params:{missingProperty: missing1},message:"must have required property '"+missing1+"'"}];
return false;
}
else {
const _errs26 = errors;
for(const key5 in data9){
if(!((key5 === "index") || (key5 === "value"))){
validate70.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2,schemaPath:"#/properties/nonfinite/additionalProperties/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs26 === errors){
if(data9.index !== undefined){
let data10 = data9.index;
const _errs27 = errors;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
validate70.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2+"/index",schemaPath:"#/properties/nonfinite/additionalProperties/items/properties/index/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs27){
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 9007199254740991 || isNaN(data10)){
validate70.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2+"/index",schemaPath:"#/properties/nonfinite/additionalProperties/items/properties/index/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data10 < 0 || isNaN(data10)){
validate70.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2+"/index",schemaPath:"#/properties/nonfinite/additionalProperties/items/properties/index/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate70.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2+"/value",schemaPath:"#/properties/nonfinite/additionalProperties/items/properties/value/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!(((data11 === "nan") || (data11 === "+inf")) || (data11 === "-inf"))){
validate70.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2+"/value",schemaPath:"#/properties/nonfinite/additionalProperties/items/properties/value/enum",keyword:"enum",params:{allowedValues: schema87.properties.nonfinite.additionalProperties.items.properties.value.enum},message:"must be equal to one of the allowed values"}];
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
validate70.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i2,schemaPath:"#/properties/nonfinite/additionalProperties/items/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate70.errors = [{instancePath:instancePath+"/nonfinite/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/nonfinite/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"}];
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
validate70.errors = [{instancePath:instancePath+"/nonfinite",schemaPath:"#/properties/nonfinite/type",keyword:"type",params:{type: "object"},message:"must be object"}];
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
validate70.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate70.errors = vErrors;
return errors === 0;
}
validate70.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingStepsSkipped = validate71;
const schema88 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.steps.skipped:1.0","title":"training.steps.skipped","x-stream":"run/{runId}","x-telemetry":true,"type":"object","properties":{"runId":{"type":"string","maxLength":256,"minLength":1},"attempt":{"type":"integer","minimum":1,"maximum":1000000},"steps":{"type":"array","items":{"type":"integer","minimum":0,"maximum":9007199254740991},"maxItems":10000,"minItems":1},"reason":{"type":"string","enum":["nan","overflow","operator","unknown"]}},"required":["runId","attempt","steps","reason"],"additionalProperties":false};

function validate71(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.steps.skipped:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate71.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.runId === undefined) && (missing0 = "runId")) || ((data.attempt === undefined) && (missing0 = "attempt"))) || ((data.steps === undefined) && (missing0 = "steps"))) || ((data.reason === undefined) && (missing0 = "reason"))){
validate71.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((key0 === "runId") || (key0 === "attempt")) || (key0 === "steps")) || (key0 === "reason"))){
validate71.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
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
validate71.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data0.length < 1){
validate71.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate71.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
validate71.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
validate71.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate71.errors = [{instancePath:instancePath+"/attempt",schemaPath:"#/properties/attempt/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
if(data2.length > 10000){
validate71.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/maxItems",keyword:"maxItems",params:{limit: 10000},message:"must NOT have more than 10000 items"}];
return false;
}
else {
if(data2.length < 1){
validate71.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"}];
return false;
}
else {
var valid1 = true;
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
const _errs8 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate71.errors = [{instancePath:instancePath+"/steps/" + i0,schemaPath:"#/properties/steps/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs8){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 9007199254740991 || isNaN(data3)){
validate71.errors = [{instancePath:instancePath+"/steps/" + i0,schemaPath:"#/properties/steps/items/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9007199254740991},message:"must be <= 9007199254740991"}];
return false;
}
else {
if(data3 < 0 || isNaN(data3)){
validate71.errors = [{instancePath:instancePath+"/steps/" + i0,schemaPath:"#/properties/steps/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"}];
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
validate71.errors = [{instancePath:instancePath+"/steps",schemaPath:"#/properties/steps/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.reason !== undefined){
let data4 = data.reason;
const _errs10 = errors;
if(typeof data4 !== "string"){
validate71.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
if(!((((data4 === "nan") || (data4 === "overflow")) || (data4 === "operator")) || (data4 === "unknown"))){
validate71.errors = [{instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/enum",keyword:"enum",params:{allowedValues: schema88.properties.reason.enum},message:"must be equal to one of the allowed values"}];
return false;
}
var valid0 = _errs10 === errors;
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
validate71.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate71.errors = vErrors;
return errors === 0;
}
validate71.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const trainingVersionAnnotated = validate72;
const schema89 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tributary:schema:training.version.annotated:1.0","title":"training.version.annotated","x-stream":"registration/{name}","type":"object","properties":{"name":{"type":"string","maxLength":512,"minLength":1},"version":{"type":"integer","minimum":1,"maximum":1000000000},"source":{"type":"string","maxLength":2048,"minLength":1},"runId":{"type":"string","maxLength":256,"minLength":1},"runLink":{"type":"string","maxLength":2048,"minLength":1},"modelId":{"type":"string","maxLength":512,"minLength":1},"description":{"type":"string","maxLength":10000},"tags":{"type":"object","maxProperties":1000,"additionalProperties":{"type":"string","maxLength":8000}},"removedTags":{"type":"array","items":{"type":"string","maxLength":256,"minLength":1},"maxItems":1000},"retired":{"type":"boolean"}},"required":["name","version"],"additionalProperties":false};

function validate72(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:tributary:schema:training.version.annotated:1.0" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate72.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.name === undefined) && (missing0 = "name")) || ((data.version === undefined) && (missing0 = "version"))){
validate72.errors = [{instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: missing0},message:"must have required property '"+missing0+"'"}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema89.properties, key0))){
validate72.errors = [{instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.name !== undefined){
let data0 = data.name;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data0 === "string"){
if(data0.length > 512){
validate72.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data0.length < 1){
validate72.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate72.errors = [{instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
validate72.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "integer"},message:"must be integer"}];
return false;
}
if(errors === _errs4){
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000000 || isNaN(data1)){
validate72.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000000},message:"must be <= 1000000000"}];
return false;
}
else {
if(data1 < 1 || isNaN(data1)){
validate72.errors = [{instancePath:instancePath+"/version",schemaPath:"#/properties/version/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"}];
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
if(data.source !== undefined){
let data2 = data.source;
const _errs6 = errors;
if(errors === _errs6){
if(typeof data2 === "string"){
if(data2.length > 2048){
validate72.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data2.length < 1){
validate72.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate72.errors = [{instancePath:instancePath+"/source",schemaPath:"#/properties/source/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.runId !== undefined){
let data3 = data.runId;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data3 === "string"){
if(data3.length > 256){
validate72.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data3.length < 1){
validate72.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate72.errors = [{instancePath:instancePath+"/runId",schemaPath:"#/properties/runId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.runLink !== undefined){
let data4 = data.runLink;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data4 === "string"){
if(data4.length > 2048){
validate72.errors = [{instancePath:instancePath+"/runLink",schemaPath:"#/properties/runLink/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"}];
return false;
}
else {
if(data4.length < 1){
validate72.errors = [{instancePath:instancePath+"/runLink",schemaPath:"#/properties/runLink/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate72.errors = [{instancePath:instancePath+"/runLink",schemaPath:"#/properties/runLink/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.modelId !== undefined){
let data5 = data.modelId;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data5 === "string"){
if(data5.length > 512){
validate72.errors = [{instancePath:instancePath+"/modelId",schemaPath:"#/properties/modelId/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"}];
return false;
}
else {
if(data5.length < 1){
validate72.errors = [{instancePath:instancePath+"/modelId",schemaPath:"#/properties/modelId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate72.errors = [{instancePath:instancePath+"/modelId",schemaPath:"#/properties/modelId/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.description !== undefined){
let data6 = data.description;
const _errs14 = errors;
if(errors === _errs14){
if(typeof data6 === "string"){
if(data6.length > 10000){
validate72.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters"}];
return false;
}
}
else {
validate72.errors = [{instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tags !== undefined){
let data7 = data.tags;
const _errs16 = errors;
if(errors === _errs16){
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length > 1000){
validate72.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/maxProperties",keyword:"maxProperties",params:{limit: 1000},message:"must NOT have more than 1000 properties"}];
return false;
}
else {
for(const key1 in data7){
let data8 = data7[key1];
const _errs19 = errors;
if(errors === _errs19){
if(typeof data8 === "string"){
if(data8.length > 8000){
validate72.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 8000},message:"must NOT have more than 8000 characters"}];
return false;
}
}
else {
validate72.errors = [{instancePath:instancePath+"/tags/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/tags/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"}];
return false;
}
}
var valid1 = _errs19 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate72.errors = [{instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.removedTags !== undefined){
let data9 = data.removedTags;
const _errs21 = errors;
if(errors === _errs21){
if(Array.isArray(data9)){
if(data9.length > 1000){
validate72.errors = [{instancePath:instancePath+"/removedTags",schemaPath:"#/properties/removedTags/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items"}];
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
validate72.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"}];
return false;
}
else {
if(data10.length < 1){
validate72.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"}];
return false;
}
}
}
else {
validate72.errors = [{instancePath:instancePath+"/removedTags/" + i0,schemaPath:"#/properties/removedTags/items/type",keyword:"type",params:{type: "string"},message:"must be string"}];
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
else {
validate72.errors = [{instancePath:instancePath+"/removedTags",schemaPath:"#/properties/removedTags/type",keyword:"type",params:{type: "array"},message:"must be array"}];
return false;
}
}
var valid0 = _errs21 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.retired !== undefined){
const _errs25 = errors;
if(typeof data.retired !== "boolean"){
validate72.errors = [{instancePath:instancePath+"/retired",schemaPath:"#/properties/retired/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"}];
return false;
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
}
else {
validate72.errors = [{instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"}];
return false;
}
}
validate72.errors = vErrors;
return errors === 0;
}
validate72.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
