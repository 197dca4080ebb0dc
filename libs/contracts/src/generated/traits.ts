// Generated from schemas/events by `npm run codegen`. Do not edit.
export const FACT_TRAITS = {
  'corpus.shard.registered': {"stream":"shard/{shardId}","telemetry":false,"schema":"urn:tributary:schema:corpus.shard.registered:1.0","sha256":"99486ebcdab515feb1711d8bef023ea77c3f934adddfc1ba0fd60ed8f27cfa81"},
  'corpus.taxonomy.versioned': {"stream":"taxonomy/{taxonomyId}","telemetry":false,"schema":"urn:tributary:schema:corpus.taxonomy.versioned:1.0","sha256":"57188ee052aaa7a49b0c5fd49514f10396d6308d47a4e0161fa1ca4ef97c941b"},
  'evaluation.items.recorded': {"stream":"run/{runId}","telemetry":true,"schema":"urn:tributary:schema:evaluation.items.recorded:1.0","sha256":"4927f85913df9f5f91310f846b89ee99de850515ccba4088198e5d8397b33428"},
  'evaluation.score.invalidated': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:evaluation.score.invalidated:1.0","sha256":"d3819b9d12544570064180999a80c5195189aa91ac9870814fd4ce119f268869"},
  'evaluation.score.recorded': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:evaluation.score.recorded:1.0","sha256":"e7cf318a9a7c744c72daf9ece6f0ec522c600fe2178e01be44d43b94db6a0afe"},
  'mixture.experiment.assigned': {"stream":"experiment/{experimentId}","telemetry":false,"schema":"urn:tributary:schema:mixture.experiment.assigned:1.0","sha256":"0cd793affede57a108da4b35849c2327caed30dd171ad61fe9d0f635b3c70115"},
  'mixture.plan.approved': {"stream":"mixture/{mixtureId}","telemetry":false,"schema":"urn:tributary:schema:mixture.plan.approved:1.0","sha256":"be6b7b206a50f7423a361945d103e4297cf22eda51fd44d4db76c5524a52a5fb"},
  'mixture.plan.decided': {"stream":"mixture/{mixtureId}","telemetry":false,"schema":"urn:tributary:schema:mixture.plan.decided:1.0","sha256":"c48d44332b37950f4d45af77f1adcb4cd980b51aab4670d49b59d69d0650c1a9"},
  'mixture.plan.superseded': {"stream":"mixture/{mixtureId}","telemetry":false,"schema":"urn:tributary:schema:mixture.plan.superseded:1.0","sha256":"0a3836897540837f9206064f410ebad5407127cec96cc08e5cded6bf2bd66a31"},
  'training.checkpoint.saved': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:training.checkpoint.saved:1.0","sha256":"6dcbdc8eb19be6223e6151210cb83db3ffee064cad2ae6a1859c3e7402adf953"},
  'training.exposure.recorded': {"stream":"run/{runId}","telemetry":true,"schema":"urn:tributary:schema:training.exposure.recorded:1.0","sha256":"cdc83993836ff5627f99786cf95f9cc085643df1bd94786733142874418deb6b"},
  'training.run.ended': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:training.run.ended:1.0","sha256":"be15e30ec82748dbd8cdde6acc251ae28e0feb07bf22fdf50016edc41c55615b"},
  'training.run.started': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:training.run.started:1.0","sha256":"07a694cb45d49e722589f26e24ed94fc2ad76b1d3a16a4b268352ee6f1e21fde"},
  'training.steps.recorded': {"stream":"run/{runId}","telemetry":true,"schema":"urn:tributary:schema:training.steps.recorded:1.0","sha256":"30adcd9414b107d08426a2ece8a64ffa84e98df8527f453c25fdd74e3a828e66"},
} as const;
