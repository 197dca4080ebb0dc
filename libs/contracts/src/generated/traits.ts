// Generated from schemas/events by `npm run codegen`. Do not edit.
export const FACT_TRAITS = {
  'corpus.shard.registered': {"stream":"shard/{shardId}","telemetry":false,"schema":"urn:tributary:schema:corpus.shard.registered:1.0","sha256":"99486ebcdab515feb1711d8bef023ea77c3f934adddfc1ba0fd60ed8f27cfa81"},
  'corpus.taxonomy.versioned': {"stream":"taxonomy/{taxonomyId}","telemetry":false,"schema":"urn:tributary:schema:corpus.taxonomy.versioned:1.0","sha256":"57188ee052aaa7a49b0c5fd49514f10396d6308d47a4e0161fa1ca4ef97c941b"},
  'evaluation.items.recorded': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:evaluation.items.recorded:1.0","sha256":"b13faef0d94ff163de695efdd53d73ca8875a12d028a54cb93889f4121f8d744"},
  'evaluation.score.invalidated': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:evaluation.score.invalidated:1.0","sha256":"d3819b9d12544570064180999a80c5195189aa91ac9870814fd4ce119f268869"},
  'evaluation.score.recorded': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:evaluation.score.recorded:1.0","sha256":"ba8cc9df48b20f7025a4a340c730f775053bd2e6e37a582daf07f73fb948da67"},
  'mixture.experiment.assigned': {"stream":"experiment/{experimentId}","telemetry":false,"schema":"urn:tributary:schema:mixture.experiment.assigned:1.0","sha256":"0cd793affede57a108da4b35849c2327caed30dd171ad61fe9d0f635b3c70115"},
  'mixture.plan.approved': {"stream":"mixture/{mixtureId}","telemetry":false,"schema":"urn:tributary:schema:mixture.plan.approved:1.0","sha256":"be6b7b206a50f7423a361945d103e4297cf22eda51fd44d4db76c5524a52a5fb"},
  'mixture.plan.decided': {"stream":"mixture/{mixtureId}","telemetry":false,"schema":"urn:tributary:schema:mixture.plan.decided:1.0","sha256":"c48d44332b37950f4d45af77f1adcb4cd980b51aab4670d49b59d69d0650c1a9"},
  'mixture.plan.superseded': {"stream":"mixture/{mixtureId}","telemetry":false,"schema":"urn:tributary:schema:mixture.plan.superseded:1.0","sha256":"0a3836897540837f9206064f410ebad5407127cec96cc08e5cded6bf2bd66a31"},
  'training.checkpoint.saved': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:training.checkpoint.saved:1.0","sha256":"f16648fa9ba274782fe3321b133c07ed040178ebd77150f8b201764bb44160e9"},
  'training.exposure.recorded': {"stream":"run/{runId}","telemetry":true,"schema":"urn:tributary:schema:training.exposure.recorded:1.0","sha256":"a1d76e8b739828cef37f82159137d644836b2017ef56df1a06454cdf604846ec"},
  'training.run.ended': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:training.run.ended:1.0","sha256":"44621c63c48fac73784cbaf20f2bac3d6ae2539d3eb01e63e3b88f112b84fcd3"},
  'training.run.started': {"stream":"run/{runId}","telemetry":false,"schema":"urn:tributary:schema:training.run.started:1.0","sha256":"eff0bdffb31aaf1a8009eae8f459ebe2b2ce7e75cb4b6f33681688bffb984c62"},
  'training.steps.recorded': {"stream":"run/{runId}","telemetry":true,"schema":"urn:tributary:schema:training.steps.recorded:1.0","sha256":"f042bea9e4f528e9e6c3a55b7157f6c40364c02ac39682cbd8b3441d432115e2"},
} as const;
