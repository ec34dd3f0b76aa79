import type { Schema } from './schemas'

/** Of OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1) what this document has. */
export interface OpenApi {
  openapi: string
  info: Record<string, string>
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, Record<string, string>> }
}

export interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  security: Record<string, string[]>[]
  parameters?: Field[]
  requestBody?: { required: boolean; content: Content }
  responses: Record<string, Outcome>
  /** As renderers of such documents know it. */
  'x-codeSamples': { lang: string; label: string; source: string }[]
}

export interface Field {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description?: string
  schema: Schema
  example?: unknown
}

export interface Outcome {
  description: string
  headers?: Record<string, { description: string; schema: Schema }>
  content?: Content
}

export type Content = Record<string, { schema?: Schema; example?: unknown }>
