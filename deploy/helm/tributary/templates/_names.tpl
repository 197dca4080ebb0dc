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

{{- /* The names under which the services are called: those of the cluster, of the ingress, and further ones. */ -}}
{{- define "tributary.hosts" -}}
{{- $hosts := list -}}
{{- range $name, $service := .Values.services -}}
{{- $host := printf "%s-%s" (include "tributary.name" $) $name -}}
{{- $hosts = concat $hosts (list $host (printf "%s.%s" $host $.Release.Namespace) (printf "%s.%s.svc" $host $.Release.Namespace) (printf "%s.%s.svc.%s" $host $.Release.Namespace ($.Values.clusterDomain | default "cluster.local"))) -}}
{{- end -}}
{{- if and .Values.ingress.enabled .Values.ingress.host -}}
{{- $hosts = append $hosts .Values.ingress.host -}}
{{- end -}}
{{- concat $hosts (.Values.allowedHosts | default list) | uniq | join "," -}}
{{- end }}
