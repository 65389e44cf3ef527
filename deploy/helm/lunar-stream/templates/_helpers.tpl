{{/* What all objects of a release are called: its own name, with the chart's in it. */}}
{{- define "lunar.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "lunar.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{ include "lunar.selector" . }}
{{- end -}}

{{/* What never changes of a release, by which its pods are found. */}}
{{- define "lunar.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* Takes a list: the context, and a tag that goes before the common one unless it is empty. */}}
{{- define "lunar.image" -}}
{{- $root := first . -}}
{{- $tag := last . | default $root.Values.image.tag | default $root.Chart.AppVersion -}}
{{ printf "%s:%s" $root.Values.image.repository $tag | quote }}
{{- end -}}

{{/* lunar.yaml of the API nodes. */}}
{{- define "lunar.apiConfig" -}}
{{- $config := dict
  "role" "api"
  "public-url" (required "publicUrl is needed: how partners reach the API" .Values.publicUrl)
  "database" (dict
    "url" (required "database.url is needed" .Values.database.url)
    "user" .Values.database.user
    "password-file" "/run/secrets/lunar/database-password")
  "secrets" (dict "key-file" "/run/secrets/lunar/secrets-key")
-}}
{{- with .Values.valkey -}}
{{- if .url -}}
{{- $valkey := dict "url" .url -}}
{{- if .user }}{{ $_ := set $valkey "user" .user }}{{ end -}}
{{- if .existingSecret }}{{ $_ := set $valkey "password-file" "/run/secrets/lunar/valkey-password" }}{{ end -}}
{{- $_ := set $config "valkey" $valkey -}}
{{- end -}}
{{- end -}}
{{- toYaml (merge $config (include "lunar.nodeConfig" . | fromYaml)) -}}
{{- end -}}

{{/* What lunar.yaml of every node says. */}}
{{- define "lunar.nodeConfig" -}}
{{- $fixed := dict "management-bind" "0.0.0.0" "logging" (dict "format" "json") -}}
{{- if .Values.trustedProxies }}{{ $_ := set $fixed "trusted-proxies" .Values.trustedProxies }}{{ end -}}
{{- toYaml (merge (deepCopy .Values.config) $fixed) -}}
{{- end -}}

{{/* What every pod is, whatever its role. */}}
{{- define "lunar.pod" -}}
automountServiceAccountToken: false
# A stop drains: done within 10 s, and before it 3 s for load balancers to notice.
terminationGracePeriodSeconds: 20
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* What every container is. */}}
{{- define "lunar.container" -}}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
lifecycle:
  preStop:
    exec:
      command: [sleep, "3"]
startupProbe:
  httpGet:
    path: /health/live
    port: management
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet:
    path: /health/live
    port: management
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
readinessProbe:
  httpGet:
    path: /health/ready
    port: management
  periodSeconds: 3
  timeoutSeconds: 5
  failureThreshold: 2
{{- end -}}
