{{- define "tributary.name" -}}
{{- printf "%s-tributary" .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end }}

{{- define "tributary.labels" -}}
app.kubernetes.io/name: tributary
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "tributary.image" -}}
{{- $tag := .root.Values.image.tag | default .root.Chart.AppVersion -}}
{{- printf "%s/tributary-%s:%s" .root.Values.image.registry .service $tag -}}
{{- end }}
