{{- /* The pod of a service. Arguments: root, name and service. */ -}}
{{- define "tributary.pod" -}}
{{- $values := .root.Values -}}
{{- $user := index $values.clickhouse .service.clickhouse -}}
metadata:
  labels:
    {{- include "tributary.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .name }}
  annotations:
    checksum/config: {{ include (print .root.Template.BasePath "/configmap.yaml") .root | sha256sum }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: 60
  securityContext:
    runAsNonRoot: true
    runAsUser: 1000
    runAsGroup: 1000
    fsGroup: 1000
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile: { type: RuntimeDefault }
  {{- with $values.image.pullSecrets }}
  imagePullSecrets: {{ toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector: {{ toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations: {{ toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          app.kubernetes.io/instance: {{ .root.Release.Name }}
          app.kubernetes.io/component: {{ .name }}
  containers:
    - name: {{ .name }}
      image: {{ include "tributary.image" (dict "root" .root "service" .name) | quote }}
      imagePullPolicy: {{ $values.image.pullPolicy }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: { drop: [ALL] }
      ports:
        - name: http
          containerPort: {{ .service.port }}
        - name: metrics
          containerPort: {{ $values.metrics.port }}
      envFrom:
        - configMapRef: { name: {{ include "tributary.name" .root }} }
      env:
        - name: PORT
          value: {{ .service.port | quote }}
        - name: CLICKHOUSE_USER
          value: {{ $user.user | quote }}
        - name: CLICKHOUSE_PASSWORD_FILE
          value: /run/secrets/clickhouse/password
        {{- if and (eq $values.auth.mode "keys") (eq .name "api") }}
        - name: ATTRIBUTION_API_KEY_FILE
          value: /run/secrets/tributary/attribution-key
        {{- end }}
        {{- if $values.kafka.saslMechanism }}
        - name: KAFKA_SASL_USERNAME_FILE
          value: /run/secrets/kafka/username
        - name: KAFKA_SASL_PASSWORD_FILE
          value: /run/secrets/kafka/password
        {{- end }}
        {{- range $name, $value := .service.settings }}
        - name: {{ $name }}
          value: {{ if kindIs "float64" $value }}{{ printf "%.0f" $value | quote }}{{ else }}{{ $value | toString | quote }}{{ end }}
        {{- end }}
      startupProbe:
        httpGet: { path: /health, port: http }
        periodSeconds: 5
        failureThreshold: 60
      livenessProbe:
        httpGet: { path: /health, port: http }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: { path: /ready, port: http }
        periodSeconds: 5
        timeoutSeconds: 5
      resources: {{ toYaml .service.resources | nindent 8 }}
      volumeMounts:
        - { name: tmp, mountPath: /tmp }
        - { name: clickhouse-password, mountPath: /run/secrets/clickhouse, readOnly: true }
        {{- if eq $values.auth.mode "keys" }}
        - { name: api-keys, mountPath: /run/secrets/tributary, readOnly: true }
        {{- end }}
        {{- if $values.kafka.saslMechanism }}
        - { name: kafka-credentials, mountPath: /run/secrets/kafka, readOnly: true }
        {{- end }}
        {{- if .service.stateful }}
        - { name: replica, mountPath: /var/lib/tributary }
        {{- end }}
        {{- if .service.writesBlobs }}
        - { name: blobs, mountPath: /var/lib/tributary-blobs }
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: {}
    - name: clickhouse-password
      secret:
        secretName: {{ $user.secret }}
        items: [{ key: password, path: password }]
    {{- if eq $values.auth.mode "keys" }}
    - name: api-keys
      secret:
        secretName: {{ $values.auth.secret }}
        items:
          - { key: api-keys.json, path: api-keys.json }
          {{- if eq .name "api" }}
          - { key: attribution-key, path: attribution-key }
          {{- end }}
    {{- end }}
    {{- if $values.kafka.saslMechanism }}
    - name: kafka-credentials
      secret: { secretName: {{ $values.kafka.saslSecret }} }
    {{- end }}
    {{- if .service.writesBlobs }}
    - name: blobs
      persistentVolumeClaim: { claimName: {{ $values.blobs.existingClaim }} }
    {{- end }}
{{- end }}
